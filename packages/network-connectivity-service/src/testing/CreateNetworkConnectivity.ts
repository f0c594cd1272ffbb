import type { Managed, ServiceContext } from '@gradvis/base-service'

import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { NetworkConnectivityService } from '../networkConnectivityContract.ts'

/** Makes a fresh implementation, not started. The kit gives its own clock where a case needs one. */
export type CreateNetworkConnectivity = (
  options: NetworkConnectivityOptions,
  context?: Partial<Pick<ServiceContext, 'clock' | 'random'>>,
) => Managed<NetworkConnectivityService>
