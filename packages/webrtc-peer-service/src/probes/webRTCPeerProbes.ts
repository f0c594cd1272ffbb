import { defineProbe, type ServiceContext, type ServiceProbe } from '@gradvis/base-service'

import { createMigratedWebRTCPeerService } from '../migrated/index.ts'
import { audioVideoProbe } from './audioVideoProbe.ts'
import { connectionsProbe } from './connectionsProbe.ts'
import { loadProbe } from './loadProbe.ts'
import { mediaProbe } from './mediaProbe.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

const PROBES = {
  'webrtc-connections': connectionsProbe,
  'media-base-service': mediaProbe,
  'audio-video': audioVideoProbe,
  'peers-under-load': loadProbe,
}

/**
 * The self-tests of the migrated implementation, each in rooms of its own that nobody else can reach; no third party
 * is asked. What the WebRTC library still has running afterwards ends by itself within seconds. `create` makes the
 * instance under test.
 */
export function webRTCPeerProbes(
  context: ServiceContext,
  create: ServiceFactory = createMigratedWebRTCPeerService,
): readonly ServiceProbe[] {
  return Object.entries(PROBES).map(([id, probe]) => defineProbe(id, context, (scratch) => probe(scratch, create)))
}
