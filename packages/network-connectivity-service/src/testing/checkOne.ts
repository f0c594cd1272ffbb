import type { EndpointCheck } from '../BackendCheck.ts'
import type { Endpoint } from '../Endpoint.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { CreateNetworkConnectivity } from './CreateNetworkConnectivity.ts'
import { useService } from './useService.ts'

/** Has a fresh service check one endpoint, called `api`. */
export function checkOne(create: CreateNetworkConnectivity) {
  return async (endpoint: Omit<Endpoint, 'name'>, options: NetworkConnectivityOptions = {}): Promise<EndpointCheck> => {
    await using service = await useService(create({ endpoints: [{ name: 'api', ...endpoint }], ...options }))
    const { endpoints } = await service.checkBackend()
    const [found] = endpoints
    if (!found || endpoints.length > 1) throw new Error(`one endpoint was configured, ${endpoints.length} were checked`)
    return found
  }
}
