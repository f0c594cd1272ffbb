import { z } from 'zod'

import { backupId, subjectId } from './BackupSummary.ts'

export const NamedBackup = z.strictObject({ subject: subjectId, backupId })

export const DAMAGE_KINDS = [
  /** The manifest is no manifest, or its checksum is wrong. */
  'manifest_unreadable',
  'archive_missing',
  /** The archive's size or SHA-256 is not the manifest's. */
  'archive_changed',
  /** The archive is no ZIP that can be read. */
  'archive_unreadable',
  'entry_missing',
  /** The archive has an entry that the manifest does not list, or has it twice. */
  'entry_unexpected',
  /** An entry's name, kind or header could write outside the place it is restored to. */
  'entry_unsafe',
  /** An entry's bytes are not those that were backed up. */
  'entry_changed',
] as const

export const Damage = z.strictObject({ kind: z.enum(DAMAGE_KINDS), path: z.string().optional() })

export const VerificationReport = z.strictObject({
  backupId,
  intact: z.boolean(),
  /** Empty when intact. Where the archive is readable every damaged entry is named. */
  damage: z.array(Damage),
  checkedEntries: z.int().nonnegative(),
  checkedBytes: z.int().nonnegative(),
})

export type Damage = Readonly<z.infer<typeof Damage>>
export type VerificationReport = Readonly<z.infer<typeof VerificationReport>>
