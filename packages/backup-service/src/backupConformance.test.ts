import { createTestContext } from '@gradvis/base-service/testing'

import { createMigratedBackupService } from './migrated/index.ts'
import { type CreateBackupService, describeBackupConformance } from './testing/index.ts'

const migrated: CreateBackupService = (options, clock) =>
  createMigratedBackupService(createTestContext({ clock }), options)

describeBackupConformance('migrated', migrated)
