export { backupErrors } from './backupErrors.ts'
export { backupMessages } from './backupMessages.ts'
export { type BackupOptions, DEFAULT_LEFTOVER_MAX_AGE_MS } from './BackupOptions.ts'
export type { BackupRecord, BackupSource } from './BackupSource.ts'
export {
  ApplyRetention,
  RETENTION_REASONS,
  RetentionDecision,
  type RetentionReason,
  RetentionReport,
} from './contract/ApplyRetention.ts'
export { backupContract } from './contract/backupContract.ts'
export { BackupService } from './contract/BackupService.ts'
export { BackupSummary } from './contract/BackupSummary.ts'
export { CreateBackup } from './contract/CreateBackup.ts'
export { EraseSubject, ErasureReceipt } from './contract/EraseSubject.ts'
export { BackupPage, ListBackups } from './contract/ListBackups.ts'
export { RestoreBackup, RestoreReceipt } from './contract/RestoreBackup.ts'
export { DEFAULT_RETENTION, RETENTION_TIME_ZONE, RetentionPolicy } from './contract/RetentionPolicy.ts'
export { Damage, DAMAGE_KINDS, NamedBackup, VerificationReport } from './contract/VerificationReport.ts'
export type { RestoreTarget } from './RestoreTarget.ts'
