export { createMigrated__Pascal__Service } from './Migrated__Pascal__Service.ts'
