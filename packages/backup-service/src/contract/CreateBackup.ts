import { z } from 'zod'

import { subjectId, typeName } from './BackupSummary.ts'

/** An absolute path on the service's machine. */
export const folderPath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)

const recordsSource = z.strictObject({
  kind: z.literal('records'),
  /** Absent: every type that the application has. */
  types: z.array(typeName).min(1).max(100).optional(),
})

const folderSource = z.strictObject({ kind: z.literal('folder'), path: folderPath })

export const CreateBackup = z.strictObject({
  subject: subjectId,
  type: typeName.default('full_backup'),
  sources: z
    .array(z.discriminatedUnion('kind', [recordsSource, folderSource]))
    .min(1)
    .max(100),
})

export type CreateBackup = Readonly<z.output<typeof CreateBackup>>
