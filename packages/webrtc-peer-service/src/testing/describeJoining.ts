import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { createWebSocketSignalling } from '../signalling/createWebSocketSignalling.ts'
import { startSignallingServer } from '../signalling/startSignallingServer.ts'
import { waitForPeer } from '../waitForPeer.ts'
import {
  allConnected,
  AUDIO_CONSENT,
  type CreateWebRTCPeerService,
  expectNoSockets,
  joinAsStranger,
  messagesOf,
  PATIENCE,
  ROOM,
  Stage,
  textsOf,
} from './Stage.ts'

export function describeJoining(create: CreateWebRTCPeerService): void {
  describe('joining a room', () => {
    it('joins an empty room at once', async () => {
      await using stage = await Stage.open(create)
      const session = await stage.join('anna')
      expect(session.peers()).toEqual([])
      expect(session).toMatchObject({ roomId: ROOM, peerId: 'anna', audio: 'live', failure: undefined })
    })

    it('resolves when everyone in the room is connected', async () => {
      await using stage = await Stage.open(create)
      const first = await stage.join('anna')
      const second = await stage.join('bo')
      expect(second.peers()).toEqual([{ peerId: 'anna', state: 'connected', audio: 'live' }])
      await expect(waitForPeer(first, 'bo')).resolves.toMatchObject({ peerId: 'bo', state: 'connected' })
    })

    it('connects three who come at the same time over a real WebSocket', async () => {
      const server = await startSignallingServer({ authorize: ({ token }) => token === 'invited' })
      const signalling = createWebSocketSignalling(server.url, { token: 'invited' })
      await using stage = await Stage.open(create, { signalling })
      const [anna, bo, cleo] = await stage.meet('anna', 'bo', 'cleo')
      const received = [messagesOf(bo), messagesOf(cleo)]
      await anna.send('hej')
      await expect.poll(() => received.map(textsOf), PATIENCE).toEqual([['hej'], ['hej']])
      await stage.service.stop()
      await server.close()
    })

    it('tells those who are there of a newcomer', async () => {
      await using stage = await Stage.open(create)
      const first = await stage.join('bo')
      const seen: string[] = []
      first.onPeerJoined((peer) => seen.push(`joined ${peer.peerId} ${peer.state}`))
      first.onPeerState((peer) => seen.push(`state ${peer.peerId} ${peer.state}`))
      await stage.join('anna')
      await waitForPeer(first, 'anna')
      expect(seen).toEqual(['joined anna connecting', 'state anna connected'])
    })

    it('lets the same participant in again after leaving', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      await bo.leave()
      const again = await stage.join('bo')
      await allConnected([anna, again])
      const received = messagesOf(again)
      await anna.send('välkommen åter', 'bo')
      await expect.poll(() => textsOf(received), PATIENCE).toEqual(['välkommen åter'])
    })
  })

  describe('refusals', () => {
    it('refuses audio without consent, in Swedish', async () => {
      await using stage = await Stage.open(create)
      const refusal = { code: 'media.consent_missing', fault: 'caller', message: /Samtycke till ljud saknas/ }
      await expect(stage.service.joinRoom({ roomId: ROOM, peerId: 'anna' })).rejects.toMatchObject({
        ...refusal,
        message: expect.stringMatching(refusal.message),
      })
      const consent = { ...AUDIO_CONSENT, purposes: ['recording' as const] }
      await expect(stage.join('anna', { consent })).rejects.toMatchObject({ code: 'media.consent_missing' })
      expect(await stage.service.getRoom({ roomId: ROOM })).toMatchObject({ participantCount: 0 })
    })

    it('needs no consent where no audio is wished for', async () => {
      await using stage = await Stage.open(create)
      const session = await stage.service.joinRoom({ roomId: ROOM, peerId: 'anna', media: { audio: false } })
      expect(session.audio).toBe('withheld')
      expect(() => session.unmute()).toThrow(expect.objectContaining({ code: 'media.consent_missing' }))
    })

    it.each([
      ['a room id with a space', { roomId: 'a room' }],
      ['an empty peer id', { peerId: '' }],
      ['a consent without a version', { consent: { ...AUDIO_CONSENT, version: '' } }],
      ['a version with room for a person', { consent: { ...AUDIO_CONSENT, version: '20250101-2025' } }],
      ['a version that is a text', { consent: { ...AUDIO_CONSENT, version: 'the third wording' } }],
      ['a purpose that does not exist', { consent: { ...AUDIO_CONSENT, purposes: ['fame'] } }],
      ['a wish that does not exist', { media: { audio: true, smell: true } }],
      ['a key that does not exist', { color: 'red' }],
    ])('refuses %s', async (_what, overrides) => {
      await using stage = await Stage.open(create)
      await expect(stage.join('anna', overrides as object)).rejects.toMatchObject({
        code: 'service.invalid_input',
        fault: 'caller',
        message: expect.stringContaining('Ogiltiga uppgifter till WebRTCPeerService.joinRoom'),
      })
    })

    it('refuses one more than the room takes, and takes it when a place is free', async () => {
      await using stage = await Stage.open(create, { signalling: createMemorySignalling({ maxPeersPerRoom: 1 }) })
      const first = await stage.join('anna')
      await expect(stage.join('bo')).rejects.toMatchObject({
        code: 'webrtc.room_full',
        fault: 'caller',
        message: expect.stringContaining('Rummet är fullt (högst 1 deltagare)'),
      })
      await first.leave()
      await expect(stage.join('bo')).resolves.toMatchObject({ peerId: 'bo' })
    })

    it('refuses a peer id that is in the room already', async () => {
      await using stage = await Stage.open(create)
      await stage.join('anna')
      await expect(stage.join('anna')).rejects.toMatchObject({ code: 'webrtc.peer_id_taken', fault: 'caller' })
    })

    it('passes the refusals of a signalling server on', async () => {
      const server = await startSignallingServer({ authorize: ({ token }) => token === 'invited', maxPeersPerRoom: 1 })
      await using stranger = await Stage.open(create, {
        signalling: createWebSocketSignalling(server.url, { token: 'guessed' }),
      })
      await using stage = await Stage.open(create, {
        signalling: createWebSocketSignalling(server.url, { token: 'invited' }),
      })
      await expect(stranger.join('bo')).rejects.toMatchObject({ code: 'webrtc.join_refused', fault: 'caller' })
      await stage.join('anna')
      await expect(stage.join('anna')).rejects.toMatchObject({ code: 'webrtc.peer_id_taken' })
      await expect(stage.join('bo')).rejects.toMatchObject({ code: 'webrtc.room_full', params: { limit: 1 } })
      await server.close()
    })

    it('says that the signalling server cannot be reached', async () => {
      const server = await startSignallingServer({ authorize: () => true })
      await server.close()
      await using stage = await Stage.open(create, { signalling: createWebSocketSignalling(server.url, { token: '' }) })
      await expect(stage.join('anna')).rejects.toMatchObject({
        code: 'webrtc.signalling_unreachable',
        fault: 'service',
        message: expect.stringContaining('Signaleringsservern svarar inte'),
      })
    })
  })

  describe('peers that do not answer', () => {
    it('gives up after 15 s and leaves nothing behind', async () => {
      const [clock, signalling] = [new ManualClock(), createMemorySignalling()]
      await using stage = await Stage.open(create, { signalling, clock })
      const stranger = await joinAsStranger(signalling, 'zoe')
      const outcome = stage.join('anna').catch((error: unknown) => error)
      await expect.poll(() => clock.pendingTimers, PATIENCE).toBe(1)
      clock.advance(15_000)
      expect(await outcome).toMatchObject({
        code: 'webrtc.connection_timed_out',
        fault: 'service',
        message: expect.stringContaining('inom 15 sekunder'),
      })
      await stranger.close()
      expect(signalling.roomCount).toBe(0)
      expect(clock.pendingTimers).toBe(0)
      await expectNoSockets()
    })

    it('shows a newcomer that never answers as failed, and stays connected to the others', async () => {
      const [clock, signalling] = [new ManualClock(), createMemorySignalling()]
      await using stage = await Stage.open(create, { signalling, clock })
      const [anna, bo] = await stage.meet('anna', 'bo')
      const stranger = await joinAsStranger(signalling, 'zoe')
      await expect.poll(() => clock.pendingTimers, PATIENCE).toBe(2)
      clock.advance(15_000)
      await expect(waitForPeer(anna, 'zoe')).rejects.toMatchObject({ code: 'webrtc.connection_timed_out' })
      expect(anna.peers().map(({ peerId, state }) => [peerId, state])).toEqual([
        ['bo', 'connected'],
        ['zoe', 'failed'],
      ])
      const received = messagesOf(bo)
      await anna.send('vi fortsätter')
      await expect.poll(() => textsOf(received), PATIENCE).toEqual(['vi fortsätter'])
      await stranger.close()
      await expect.poll(() => anna.peers().length, PATIENCE).toBe(1)
    })

    it('does not keep a newcomer out when one of several does not answer', async () => {
      const [clock, signalling] = [new ManualClock(), createMemorySignalling()]
      await using stage = await Stage.open(create, { signalling, clock })
      const anna = await stage.join('anna')
      const stranger = await joinAsStranger(signalling, 'zoe')
      const joining = stage.join('bo')
      await waitForPeer(anna, 'bo')
      // Those of the two connections to the one who does not answer.
      await expect.poll(() => clock.pendingTimers, PATIENCE).toBe(2)
      clock.advance(15_000)
      const bo = await joining
      expect(bo.peers().map(({ state }) => state)).toEqual(['connected', 'failed'])
      await stranger.close()
    })
  })
}
