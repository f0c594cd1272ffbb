import { defineProbe, type ServiceContext, type ServiceProbe } from '@gradvis/base-service'

import { createMigratedNetworkConnectivityService } from '../migrated/index.ts'
import { diagnosticsProbe } from './diagnosticsProbe.ts'
import { messagesProbe } from './messagesProbe.ts'
import { monitoringProbe } from './monitoringProbe.ts'
import { reportsProbe } from './reportsProbe.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

const PROBES = {
  'network-diagnostics': diagnosticsProbe,
  'swedish-messages': messagesProbe,
  'network-monitoring': monitoringProbe,
  'diagnostic-reports': reportsProbe,
}

/**
 * The self-tests of the migrated implementation, each on an instance and servers of its own on loopback; no third
 * party is asked. `create` makes the instance under test.
 */
export function networkConnectivityProbes(
  context: ServiceContext,
  create: ServiceFactory = createMigratedNetworkConnectivityService,
): readonly ServiceProbe[] {
  return Object.entries(PROBES).map(([id, probe]) => defineProbe(id, context, (scratch) => probe(scratch, create)))
}
