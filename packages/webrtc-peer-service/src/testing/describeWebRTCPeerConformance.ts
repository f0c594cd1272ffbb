import { describe } from 'vitest'

import { describeAudio } from './describeAudio.ts'
import { describeAuditing } from './describeAuditing.ts'
import { describeCancellation } from './describeCancellation.ts'
import { describeForeignPeers } from './describeForeignPeers.ts'
import { describeHostileSignals } from './describeHostileSignals.ts'
import { describeJoining } from './describeJoining.ts'
import { describeLeaving } from './describeLeaving.ts'
import { describeMessages } from './describeMessages.ts'
import type { CreateWebRTCPeerService } from './Stage.ts'

/** What every implementation of WebRTCPeerService does, over real connections on the loopback interface. */
export function describeWebRTCPeerConformance(name: string, create: CreateWebRTCPeerService): void {
  describe(`WebRTCPeerService, ${name}`, () => {
    describeJoining(create)
    describeHostileSignals(create)
    describeCancellation(create)
    describeMessages(create)
    describeAudio(create)
    describeLeaving(create)
    describeForeignPeers(create)
    describeAuditing(create)
  })
}
