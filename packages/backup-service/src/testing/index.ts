export { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
export { describeBackupConformance } from './describeBackupConformance.ts'
export { generatedRecords, generatedSource } from './generatedSource.ts'
export { MemoryRestoreTarget } from './MemoryRestoreTarget.ts'
