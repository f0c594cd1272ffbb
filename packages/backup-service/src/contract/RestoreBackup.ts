import { z } from 'zod'

import { backupId, subjectId } from './BackupSummary.ts'
import { folderPath } from './CreateBackup.ts'

const count = z.int().nonnegative()

export const RestoreBackup = z.strictObject({
  subject: subjectId,
  backupId,
  target: z.discriminatedUnion('kind', [
    /** A folder that becomes exactly what the backup holds. Its parent must exist. */
    z.strictObject({ kind: z.literal('folder'), path: folderPath }),
    /** The application's `RestoreTarget`: takes records, no files. */
    z.strictObject({ kind: z.literal('application') }),
  ]),
  /** Replaces what the target holds. Without it a target that is not empty is refused. */
  overwrite: z.boolean().default(false),
})

export const RestoreReceipt = z.strictObject({
  backupId,
  restoredRecords: count,
  restoredFiles: count,
  restoredBytes: count,
  /** Files of the backup that the application's target does not take. */
  leftOutFiles: count,
})

export type RestoreBackup = Readonly<z.output<typeof RestoreBackup>>
export type RestoreReceipt = Readonly<z.infer<typeof RestoreReceipt>>
