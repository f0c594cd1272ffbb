import { z } from 'zod'

import { BackupSummary, subjectId, typeName } from './BackupSummary.ts'

export const ListBackups = z.strictObject({
  subject: subjectId.optional(),
  type: typeName.optional(),
  limit: z.int().min(1).max(500).default(50),
  /** `nextCursor` of the page before. Either implementation reads the other's. */
  cursor: z.string().max(500).optional(),
})

export const BackupPage = z.strictObject({
  /** Newest first. */
  backups: z.array(BackupSummary),
  /** Absent on the last page. Backups made or deleted meanwhile shift nothing: the cursor is a place in time. */
  nextCursor: z.string().optional(),
  /** Manifests among those asked for that can't be read. They are not listed; `verifyBackup` says what is wrong. */
  unreadableCount: z.int().nonnegative(),
})

export type ListBackups = Readonly<z.output<typeof ListBackups>>
export type BackupPage = Readonly<z.infer<typeof BackupPage>>
