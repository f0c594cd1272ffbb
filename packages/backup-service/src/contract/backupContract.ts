import { defineContract, noInput, read, write } from '@gradvis/base-service'
import { z } from 'zod'

import { ApplyRetention, RetentionReport } from './ApplyRetention.ts'
import { BACKUP_FIELDS, backupAudit } from './backupAudit.ts'
import { BackupSummary } from './BackupSummary.ts'
import { CreateBackup } from './CreateBackup.ts'
import { EraseSubject, ErasureReceipt } from './EraseSubject.ts'
import { BackupPage, ListBackups } from './ListBackups.ts'
import { RestoreBackup, RestoreReceipt } from './RestoreBackup.ts'
import { RetentionPolicy } from './RetentionPolicy.ts'
import { NamedBackup, VerificationReport } from './VerificationReport.ts'

export const backupContract = defineContract('BackupService', {
  createBackup: write({
    summary: 'Writes, checks and commits one archive of records and files; nothing is left when it fails.',
    input: CreateBackup,
    output: BackupSummary,
    audit: { subject: backupAudit.subject, details: backupAudit.madeType },
    classify: BACKUP_FIELDS,
  }),
  listBackups: read({
    summary: 'Finished backups, newest first, a page at a time.',
    input: ListBackups,
    output: BackupPage,
    classify: BACKUP_FIELDS,
  }),
  verifyBackup: read({
    summary: 'Reads a backup back from disk, every byte of it, and says what is damaged.',
    input: NamedBackup,
    output: VerificationReport,
    classify: BACKUP_FIELDS,
  }),
  restoreBackup: write({
    summary: 'Verifies a backup and puts it into a folder or the application; all of it or nothing.',
    input: RestoreBackup,
    output: RestoreReceipt,
    audit: {
      subject: backupAudit.subject,
      details: (input) => ({ ...backupAudit.backup(input), ...backupAudit.target(input) }),
    },
    classify: BACKUP_FIELDS,
  }),
  deleteBackup: write({
    summary: 'Removes a backup. One that does not exist is no error: the wished state is there.',
    input: NamedBackup,
    output: z.strictObject({ deleted: z.boolean() }),
    idempotent: true,
    audit: { subject: backupAudit.subject, details: backupAudit.backup },
    classify: BACKUP_FIELDS,
  }),
  getRetentionPolicy: read({
    summary: 'The policy that applyRetention follows.',
    input: noInput,
    output: RetentionPolicy,
  }),
  setRetentionPolicy: write({
    summary: 'Replaces the policy; removes nothing. A policy that keeps nothing is refused.',
    input: RetentionPolicy,
    output: RetentionPolicy,
    idempotent: true,
    audit: { details: backupAudit.policy },
  }),
  applyRetention: write({
    summary: 'Removes the backups that the policy does not need, per subject and type, and gives every reason.',
    input: ApplyRetention,
    output: RetentionReport,
    idempotent: true,
    audit: {
      subject: backupAudit.subject,
      details: (input) => ({ ...backupAudit.type(input), ...backupAudit.dryRun(input) }),
    },
    classify: BACKUP_FIELDS,
  }),
  eraseSubject: write({
    summary: 'Removes every backup of a subject and every trace of unfinished ones.',
    input: EraseSubject,
    output: ErasureReceipt,
    idempotent: true,
    audit: { subject: backupAudit.subject },
    classify: BACKUP_FIELDS,
  }),
})
