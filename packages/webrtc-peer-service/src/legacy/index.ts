import type { Managed, ServiceContext } from '@gradvis/base-service'

import type { WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'
import { LegacyWebRTCPeerAdapter } from './LegacyWebRTCPeerAdapter.ts'

export function createLegacyWebRTCPeerService(
  context: ServiceContext,
  options: WebRTCPeerOptions,
): Managed<WebRTCPeerService> {
  return new LegacyWebRTCPeerAdapter(context, options)
}
