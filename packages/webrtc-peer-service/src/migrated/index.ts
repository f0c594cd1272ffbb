import type { Managed, ServiceContext } from '@gradvis/base-service'

import type { WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'
import { MigratedWebRTCPeerService } from './MigratedWebRTCPeerService.ts'

export function createMigratedWebRTCPeerService(
  context: ServiceContext,
  options: WebRTCPeerOptions,
): Managed<WebRTCPeerService> {
  return new MigratedWebRTCPeerService(context, options)
}
