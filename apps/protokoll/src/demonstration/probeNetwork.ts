import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { ServiceLayer } from '@gradvis/service-layer'

/** Probes the application's own endpoints for a subject: throws when one cannot be reached. */
export async function probeNetwork(layer: ServiceLayer, subject: string): Promise<void> {
  const network = layer.get(NetworkConnectivityService)
  const { endpoints } = await layer.runAs(subject, () => network.checkBackend())
  const broken = endpoints.find(({ reachable }) => !reachable)
  if (broken) throw new Error(`endpoint ${broken.endpoint} is unreachable: ${broken.errorCode}`)
}
