export { createLegacyBackupService } from './LegacyBackupAdapter.ts'
