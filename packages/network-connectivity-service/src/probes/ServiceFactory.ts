import type { Managed, ServiceContext } from '@gradvis/base-service'

import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { NetworkConnectivityService } from '../networkConnectivityContract.ts'

/** Makes the instance that a probe tests, not started. */
export type ServiceFactory = (
  context: ServiceContext,
  options: NetworkConnectivityOptions,
) => Managed<NetworkConnectivityService>
