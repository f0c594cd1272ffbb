import { describe, expect, it } from 'vitest'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { createWebSocketSignalling } from '../signalling/createWebSocketSignalling.ts'
import { startSignallingServer } from '../signalling/startSignallingServer.ts'
import { type CreateWebRTCPeerService, expectNoSockets, PATIENCE, Stage } from './Stage.ts'

export function describeCancellation(create: CreateWebRTCPeerService): void {
  describe('cancellation', () => {
    it('does nothing when it is cancelled before it begins', async () => {
      const signalling = createMemorySignalling()
      await using stage = await Stage.open(create, { signalling })
      await expect(stage.join('anna', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'service.cancelled' })
      expect(signalling.roomCount).toBe(0)
    })

    // Connecting takes at least 120 ms; these are moments of gathering, of ICE and of DTLS.
    it.each([0, 1, 5, 20, 60, 110])(
      'leaves nothing behind when it is cancelled %i ms after it began',
      async (delayMs) => {
        const signalling = createMemorySignalling()
        await using stage = await Stage.open(create, { signalling })
        const anna = await stage.join('anna')
        const joining = stage.join('bo', {}, AbortSignal.timeout(delayMs))
        await expect(joining).rejects.toMatchObject({ code: 'service.cancelled' })
        await expect.poll(() => anna.peers(), PATIENCE).toEqual([])
        await stage.service.stop()
        expect(signalling.roomCount).toBe(0)
        await expectNoSockets()
      },
    )

    it('gives up a signalling server that never answers', async () => {
      const { promise: asked, resolve } = Promise.withResolvers<void>()
      const authorize = () => {
        resolve()
        return new Promise<boolean>(() => {})
      }
      const server = await startSignallingServer({ authorize })
      const signalling = createWebSocketSignalling(server.url, { token: '' })
      await using stage = await Stage.open(create, { signalling })
      const cancel = new AbortController()
      const joining = stage.join('anna', {}, cancel.signal)
      await asked
      cancel.abort()
      await expect(joining).rejects.toMatchObject({ code: 'service.cancelled' })
      await server.close()
    })
  })
}
