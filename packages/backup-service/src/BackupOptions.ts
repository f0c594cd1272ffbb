import type { BackupSource } from './BackupSource.ts'
import type { RestoreTarget } from './RestoreTarget.ts'

export type BackupOptions = Readonly<{
  /** Where backups are kept, on one file system. Made when it is missing. Both implementations share it. */
  storeFolder: string
  /** Absent: no records can be backed up. */
  source?: BackupSource
  /** Absent: backups are restored to folders only. */
  restoreTarget?: RestoreTarget
  /** Folders below which files may be backed up. Absent: none. */
  sourceRoots?: readonly string[]
  /** Folders below which backups may be restored. Absent: none. */
  restoreRoots?: readonly string[]
  /** Leftovers of interrupted calls are removed at start when they are older. Default: 24 hours. */
  leftoverMaxAgeMs?: number
  /** Makes the ids of backups, UUIDs that never repeat. Default: random ones. */
  newId?: () => string
}>

/** Longer than any backup takes, so that another process's unfinished one is never taken for a leftover. */
export const DEFAULT_LEFTOVER_MAX_AGE_MS = 24 * 60 * 60 * 1000
