import { createTestContext } from '@gradvis/base-service/testing'
import { describe, expect, it } from 'vitest'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { createWebSocketSignalling } from '../signalling/createWebSocketSignalling.ts'
import { startSignallingServer } from '../signalling/startSignallingServer.ts'
import { waitForPeer } from '../waitForPeer.ts'
import {
  audioPacket,
  type CreateWebRTCPeerService,
  expectNoSockets,
  messagesOf,
  PATIENCE,
  ROOM,
  Stage,
  textsOf,
  expectNoTimers,
} from './Stage.ts'

export function describeLeaving(create: CreateWebRTCPeerService): void {
  describe('leaving', () => {
    it('is seen by the others as leaving, not as a failure', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo, cleo] = await stage.meet('anna', 'bo', 'cleo')
      const seen: string[] = []
      for (const session of [anna, cleo]) {
        session.onPeerState((peer) => seen.push(`${session.peerId}: ${peer.peerId} ${peer.state}`))
        session.onPeerLeft((peer) => seen.push(`${session.peerId}: ${peer.peerId} ${peer.state}`))
      }
      await bo.leave()
      await expect.poll(() => seen.toSorted(), PATIENCE).toEqual(['anna: bo left', 'cleo: bo left'])
      expect(anna.peers().map(({ peerId }) => peerId)).toEqual(['cleo'])
    })

    it('delivers what was sent before it', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      const atBo = messagesOf(bo)
      for (let number = 0; number < 100; number += 1) await anna.send(String(number))
      await anna.leave()
      await expect.poll(() => bo.peers(), PATIENCE).toEqual([])
      expect(textsOf(atBo)).toHaveLength(100)
    })

    it('can be repeated, and nothing works afterwards', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      const emitted: unknown[] = []
      anna.onPeerLeft((peer) => emitted.push(peer))
      await Promise.all([anna.leave(), anna.close(), anna.leave()])
      await anna.closed
      expect([anna.failure, anna.peers(), anna.audio]).toEqual([undefined, [], 'withheld'])
      await expect(anna.send('hej')).rejects.toMatchObject({
        code: 'webrtc.session_closed',
        message: expect.stringContaining('Rummet har redan lämnats'),
      })
      expect(() => anna.unmute()).toThrow(expect.objectContaining({ code: 'webrtc.session_closed' }))
      expect(anna.sendAudio(audioPacket(1))).toBe(false)
      expect(await anna.stats()).toEqual({ peers: [] })
      await expect(waitForPeer(anna, 'bo')).rejects.toMatchObject({ code: 'webrtc.session_closed' })
      await bo.leave()
      expect(emitted).toEqual([])
    })

    it('fails what is still waiting to be sent', async () => {
      await using stage = await Stage.open(create)
      const [anna] = await stage.meet('anna', 'bo')
      const sending = Array.from({ length: 50 }, () => anna.send(new Uint8Array(60_000)))
      const outcomes = Promise.allSettled(sending)
      await anna.leave()
      const codes = (await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason.code)
      expect(codes.at(-1)).toBe('webrtc.session_closed')
    })

    it('leaves no socket and no timer, however often', async () => {
      const signalling = createMemorySignalling()
      await using stage = await Stage.open(create, { signalling })
      for (let round = 0; round < 5; round += 1) {
        const sessions = await stage.meet('anna', 'bo', 'cleo')
        await Promise.all(sessions.map((session) => session.leave()))
      }
      expect(signalling.roomCount).toBe(0)
      await expectNoSockets()
      await expectNoTimers()
      expect(await stage.service.getRoom({ roomId: ROOM })).toMatchObject({ participantCount: 0 })
    })
  })

  describe('a lost signalling server', () => {
    it('ends the session with a reason', async () => {
      const server = await startSignallingServer({ authorize: () => true })
      await using stage = await Stage.open(create, { signalling: createWebSocketSignalling(server.url, { token: '' }) })
      const [anna, bo] = await stage.meet('anna', 'bo')
      await server.close()
      await Promise.all([anna.closed, bo.closed])
      expect(anna.failure).toMatchObject({
        code: 'webrtc.signalling_lost',
        fault: 'service',
        message: expect.stringContaining('Anslut till rummet igen'),
      })
      await expect(waitForPeer(bo, 'anna')).rejects.toMatchObject({ code: 'webrtc.signalling_lost' })
    })
  })

  describe('getRoom', () => {
    it('knows who is in the room, here and elsewhere', async () => {
      const signalling = createMemorySignalling()
      await using here = await Stage.open(create, { signalling })
      await using elsewhere = await Stage.open(create, { signalling })
      const anna = await here.join('anna')
      await elsewhere.join('bo')
      await waitForPeer(anna, 'bo')
      anna.mute()
      expect(await here.service.getRoom({ roomId: ROOM })).toEqual({
        roomId: ROOM,
        participantCount: 2,
        participants: [
          { peerId: 'anna', local: true, state: 'connected', audio: 'muted' },
          { peerId: 'bo', local: false, state: 'connected', audio: 'live' },
        ],
      })
    })

    it('answers an empty room for one that nobody is in, and refuses what is no room', async () => {
      await using stage = await Stage.open(create)
      expect(await stage.service.getRoom({ roomId: 'empty' })).toEqual({
        roomId: 'empty',
        participantCount: 0,
        participants: [],
      })
      await expect(stage.service.getRoom({ roomId: '' })).rejects.toMatchObject({ code: 'service.invalid_input' })
      await expect(stage.service.withdrawConsent({ peerId: '' })).rejects.toMatchObject({
        code: 'service.invalid_input',
      })
    })

    it('is refused once it is cancelled', async () => {
      await using stage = await Stage.open(create)
      const signal = AbortSignal.abort()
      await expect(stage.service.getRoom({ roomId: ROOM }, { signal })).rejects.toMatchObject({
        code: 'service.cancelled',
      })
      await expect(stage.service.withdrawConsent({ peerId: 'anna' }, { signal })).rejects.toMatchObject({
        code: 'service.cancelled',
      })
    })
  })

  describe('lifecycle', () => {
    it('serves nobody before it is started and after it is stopped', async () => {
      const service = create(createTestContext(), { signalling: createMemorySignalling() })
      const notRunning = { code: 'service.not_running', message: expect.stringContaining('är inte igång') }
      await expect(service.getRoom({ roomId: ROOM })).rejects.toMatchObject(notRunning)
      await Promise.all([service.start(), service.start()])
      await expect(service.getRoom({ roomId: ROOM })).resolves.toMatchObject({ roomId: ROOM })
      await Promise.all([service.stop(), service.stop()])
      await expect(service.getRoom({ roomId: ROOM })).rejects.toMatchObject(notRunning)
      await expect(service.joinRoom({ roomId: ROOM, peerId: 'anna' })).rejects.toMatchObject(notRunning)
      await expect(service.withdrawConsent({ peerId: 'anna' })).rejects.toMatchObject(notRunning)
    })

    it('leaves every room when it stops', async () => {
      const signalling = createMemorySignalling()
      await using stage = await Stage.open(create, { signalling })
      const sessions = await stage.meet('anna', 'bo')
      expect(stage.service.reportBytes()).toBeGreaterThanOrEqual(0)
      await stage.service.stop()
      await Promise.all(sessions.map((session) => session.closed))
      expect(signalling.roomCount).toBe(0)
      await expectNoSockets()
    })

    it('writes no participant into its log', async () => {
      await using stage = await Stage.open(create)
      const [anna] = await stage.meet('participant-4711', 'bo')
      anna.onPeerLeft(() => {
        throw new Error('a faulty listener')
      })
      await stage.service.stop()
      expect(JSON.stringify(stage.context.logger.lines)).not.toContain('4711')
    })
  })
}
