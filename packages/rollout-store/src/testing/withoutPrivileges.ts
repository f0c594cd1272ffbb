/** Any user but root: `nobody` on most systems. */
const NOBODY = 65_534

/** Root may write to whatever is read-only, so as root the work is done as another user. */
export async function withoutPrivileges<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
