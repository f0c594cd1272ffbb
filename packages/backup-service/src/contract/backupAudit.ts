import type { Classification } from '@gradvis/privacy'

import { ApplyRetention } from './ApplyRetention.ts'
import { backupId, subjectId, typeName } from './BackupSummary.ts'
import { CreateBackup } from './CreateBackup.ts'
import { RestoreBackup } from './RestoreBackup.ts'
import { RetentionPolicy } from './RetentionPolicy.ts'

type About = Readonly<{ subject?: string | undefined }>
type Named = Readonly<{ backupId: string }>

/**
 * What the audit trail is told of the operations. Inputs are read as callers give them, before anybody has checked them:
 * nothing is taken over that is not what it should be.
 */
export const backupAudit = {
  subject: ({ subject }: About) => subjectId.safeParse(subject).data,

  backup: (input: Named) => present('backupId', backupId.safeParse(input.backupId).data),

  madeType: (input: Readonly<{ type: string }>) => present('type', CreateBackup.shape.type.safeParse(input.type).data),

  type: (input: Readonly<{ type?: string | undefined }>) => present('type', typeName.safeParse(input.type).data),

  target: ({ target }: Pick<RestoreBackup, 'target'>) =>
    present('target', RestoreBackup.shape.target.safeParse(target).data?.kind),

  dryRun: ({ dryRun }: Readonly<{ dryRun: boolean }>) => ({
    dryRun: ApplyRetention.shape.dryRun.safeParse(dryRun).data ?? false,
  }),

  policy: (policy: RetentionPolicy) => RetentionPolicy.safeParse(policy).data ?? {},
}

function present(key: string, value: string | undefined): Readonly<Record<string, string>> {
  return value === undefined ? {} : { [key]: value }
}

/** Ids and checksums were drawn at random or computed; a path may hold anything. */
export const BACKUP_FIELDS: Classification = {
  subject: 'subject',
  'backups.*.subject': 'subject',
  'decisions.*.subject': 'subject',
  id: 'technical',
  'backups.*.id': 'technical',
  backupId: 'technical',
  'decisions.*.backupId': 'technical',
  archiveSha256: 'technical',
  'backups.*.archiveSha256': 'technical',
  cursor: 'technical',
  nextCursor: 'technical',
}
