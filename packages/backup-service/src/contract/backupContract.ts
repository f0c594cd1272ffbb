import { defineContract, noInput, read, write } from '@gradvis/base-service'
import { z } from 'zod'

import { ApplyRetention, RetentionReport } from './ApplyRetention.ts'
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
  }),
  listBackups: read({
    summary: 'Finished backups, newest first, a page at a time.',
    input: ListBackups,
    output: BackupPage,
  }),
  verifyBackup: read({
    summary: 'Reads a backup back from disk, every byte of it, and says what is damaged.',
    input: NamedBackup,
    output: VerificationReport,
  }),
  restoreBackup: write({
    summary: 'Verifies a backup and puts it into a folder or the application; all of it or nothing.',
    input: RestoreBackup,
    output: RestoreReceipt,
  }),
  deleteBackup: write({
    summary: 'Removes a backup. One that does not exist is no error: the wished state is there.',
    input: NamedBackup,
    output: z.strictObject({ deleted: z.boolean() }),
    idempotent: true,
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
  }),
  applyRetention: write({
    summary: 'Removes the backups that the policy does not need, per subject and type, and gives every reason.',
    input: ApplyRetention,
    output: RetentionReport,
    idempotent: true,
  }),
  eraseSubject: write({
    summary: 'Removes every backup of a subject and every trace of unfinished ones.',
    input: EraseSubject,
    output: ErasureReceipt,
    idempotent: true,
  }),
})
