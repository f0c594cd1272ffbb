import { createTestContext } from '@gradvis/base-service/testing'

import { createLegacyBackupService } from './legacy/index.ts'
import { createMigratedBackupService } from './migrated/index.ts'
import { type CreateBackupService, describeBackupConformance } from './testing/index.ts'

const legacy: CreateBackupService = (options, clock) =>
  createLegacyBackupService(createTestContext({ implementation: 'legacy', clock }), options)
const migrated: CreateBackupService = (options, clock) =>
  createMigratedBackupService(createTestContext({ clock }), options)

describeBackupConformance('legacy', legacy)
describeBackupConformance('migrated', migrated)
