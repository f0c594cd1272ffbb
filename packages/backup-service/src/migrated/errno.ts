/** The code of a failed system call, such as `ENOENT`; undefined for any other error. */
export function errno(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined
}

/** For `catch`: undefined when there is no such file or folder; throws any other error. */
export function unlessMissing(error: unknown): undefined {
  if (errno(error) !== 'ENOENT') throw error
}
