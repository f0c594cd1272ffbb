import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'

import type { HttpContext } from './HttpContext.ts'

export function networkRoutes({ server, layer }: HttpContext): void {
  const network = layer.get(NetworkConnectivityService)
  server.get('/api/network/status', () => network.getStatus())
  server.post('/api/network/check', () => network.checkBackend())
  server.post('/api/network/diagnosis', () => network.diagnose())
}
