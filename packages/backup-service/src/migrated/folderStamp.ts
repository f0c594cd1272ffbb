import { lstat } from 'node:fs/promises'

/** Younger than this, a folder may change again without its times showing it: file systems count in ticks, NFS in seconds. */
const SETTLED_MS = 2_000

/**
 * Tells one list of names in a folder from any other: whoever adds, removes or renames a file changes it, in whatever
 * process. Undefined where it has changed within the last two seconds; rejects where there is no folder.
 */
export async function folderStamp(folder: string, nowMs: number): Promise<string | undefined> {
  const { dev, ino, mtimeNs, ctimeNs, ctimeMs } = await lstat(folder, { bigint: true })
  return nowMs - Number(ctimeMs) < SETTLED_MS ? undefined : [dev, ino, mtimeNs, ctimeNs].join(' ')
}
