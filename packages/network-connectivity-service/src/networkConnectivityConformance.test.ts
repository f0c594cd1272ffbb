import { createTestContext } from '@gradvis/base-service/testing'

import { createLegacyNetworkConnectivityService } from './legacy/index.ts'
import { createMigratedNetworkConnectivityService } from './migrated/index.ts'
import {
  type CreateNetworkConnectivity,
  describeNetworkConnectivityConformance,
  describeNetworkConnectivityCrossMatrix,
} from './testing/index.ts'

const legacy: CreateNetworkConnectivity = (options, context) =>
  createLegacyNetworkConnectivityService(createTestContext({ implementation: 'legacy', ...context }), options)
const migrated: CreateNetworkConnectivity = (options, context) =>
  createMigratedNetworkConnectivityService(createTestContext(context), options)

describeNetworkConnectivityConformance('legacy', legacy)
describeNetworkConnectivityConformance('migrated', migrated)
describeNetworkConnectivityCrossMatrix({ legacy, migrated })
