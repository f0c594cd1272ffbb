import { describe, expect, it } from 'vitest'

import { createMigratedWebRTCPeerService } from './migrated/index.ts'
import { Stage } from './testing/Stage.ts'
import { waitForPeer } from './waitForPeer.ts'

describe('waitForPeer', () => {
  it('waits for one who has not come yet', async () => {
    await using stage = await Stage.open(createMigratedWebRTCPeerService)
    const anna = await stage.join('anna')
    const waiting = waitForPeer(anna, 'bo')
    await stage.join('bo')
    await expect(waiting).resolves.toMatchObject({ peerId: 'bo', state: 'connected' })
  })

  it('stops waiting when it is cancelled, before or meanwhile', async () => {
    await using stage = await Stage.open(createMigratedWebRTCPeerService)
    const anna = await stage.join('anna')
    const cancelled = { code: 'service.cancelled', message: expect.stringContaining('waitForPeer') }
    await expect(waitForPeer(anna, 'bo', AbortSignal.abort())).rejects.toMatchObject(cancelled)
    await expect(waitForPeer(anna, 'bo', AbortSignal.timeout(1))).rejects.toMatchObject(cancelled)
  })
})
