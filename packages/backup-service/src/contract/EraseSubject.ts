import { z } from 'zod'

import { subjectId } from './BackupSummary.ts'

export const EraseSubject = z.strictObject({ subject: subjectId })

/** Proof of an erasure. Counts are of this call: erasing again finds nothing and says 0. */
export const ErasureReceipt = z.strictObject({
  erasedAt: z.iso.datetime(),
  removedBackups: z.int().nonnegative(),
  /** Bytes of everything that was removed, leftovers of interrupted calls included. */
  removedBytes: z.int().nonnegative(),
})

export type EraseSubject = Readonly<z.output<typeof EraseSubject>>
export type ErasureReceipt = Readonly<z.infer<typeof ErasureReceipt>>
