import type { Managed, ServiceContext } from '@gradvis/base-service'

import type { WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'

/** Makes the instance that a probe tests, not started. */
export type ServiceFactory = (context: ServiceContext, options: WebRTCPeerOptions) => Managed<WebRTCPeerService>
