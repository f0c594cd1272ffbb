import type { Managed } from '@gradvis/base-service'

import type { NetworkConnectivityService } from '../networkConnectivityContract.ts'

export type UsedService = Managed<NetworkConnectivityService> & AsyncDisposable

/** Starts a service, and stops it at the end of the scope (`await using`). */
export async function useService(service: Managed<NetworkConnectivityService>): Promise<UsedService> {
  await service.start()
  return Object.assign(service, { [Symbol.asyncDispose]: () => service.stop() })
}
