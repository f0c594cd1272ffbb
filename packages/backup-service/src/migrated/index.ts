export { createMigratedBackupService } from './MigratedBackupService.ts'
