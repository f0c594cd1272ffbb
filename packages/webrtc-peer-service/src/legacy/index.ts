import { auditOperations, type Managed, type ServiceContext } from '@gradvis/base-service'

import { webRTCPeerContract, type WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'
import { LegacyWebRTCPeerAdapter } from './LegacyWebRTCPeerAdapter.ts'

export function createLegacyWebRTCPeerService(
  context: ServiceContext,
  options: WebRTCPeerOptions,
): Managed<WebRTCPeerService> {
  return auditOperations(webRTCPeerContract, new LegacyWebRTCPeerAdapter(context, options), context)
}
