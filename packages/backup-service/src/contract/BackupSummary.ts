import { z } from 'zod'

/** The subject that a backup belongs to: an opaque id, never logged. */
export const subjectId = z.string().min(1).max(200)

export const backupId = z.uuid()

/** Names of record types and of backup types. A backup type names the series that retention thins as one. */
export const typeName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)

const count = z.int().nonnegative()

/** One finished backup, as its manifest describes it. */
export const BackupSummary = z.strictObject({
  id: backupId,
  subject: subjectId,
  type: typeName,
  /** When the backup began, by the service's clock. UTC with milliseconds. */
  createdAt: z.iso.datetime(),
  recordCount: count,
  fileCount: count,
  /** Links, sockets and the like in backed up folders, which are never followed and not in the backup. */
  skippedCount: count,
  /** Bytes of all entries, unpacked. */
  contentBytes: count,
  archiveBytes: count,
  archiveSha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export type BackupSummary = Readonly<z.infer<typeof BackupSummary>>
