import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { PeerSession } from '../PeerSession.ts'
import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { waitForPeer } from '../waitForPeer.ts'
import { audioOf } from './describeAudio.ts'
import { RawPeer } from './RawPeer.ts'
import { type CreateWebRTCPeerService, expectNoSockets, messagesOf, PATIENCE, Stage, textsOf } from './Stage.ts'

/** Peers of another make, of another version, or of ill will. */
export function describeForeignPeers(create: CreateWebRTCPeerService): void {
  async function withPeer(
    peerId: string,
    work: (session: PeerSession, peer: RawPeer, clock: ManualClock) => Promise<void>,
  ): Promise<void> {
    const [clock, signalling] = [new ManualClock(), createMemorySignalling()]
    await using stage = await Stage.open(create, { signalling, clock })
    const session = await stage.join('mona')
    await using peer = await RawPeer.connect(signalling, peerId, 'mona')
    await work(session, peer, clock)
  }

  describe('a peer of another make', () => {
    it.each(['aron', 'zoe'])('is connected once it has said hello, as offerer or answerer (%s)', async (peerId) => {
      await withPeer(peerId, async (session, peer) => {
        await expect.poll(() => peer.controlTexts.length, PATIENCE).toBe(1)
        expect(JSON.parse(peer.controlTexts[0]!)).toEqual({ type: 'hello', version: 1, audio: 'live' })
        expect(session.peers()).toEqual([{ peerId, state: 'connecting', audio: 'withheld' }])
        await expect(session.send('för tidigt', peerId)).rejects.toMatchObject({ code: 'webrtc.peer_not_connected' })
        peer.sayHello('muted')
        await expect(waitForPeer(session, peerId)).resolves.toEqual({ peerId, state: 'connected', audio: 'muted' })
      })
    })

    it('that never says hello is given up', async () => {
      await withPeer('zoe', async (session, peer, clock) => {
        const received = messagesOf(session)
        peer.control.send(JSON.stringify({ type: 'hello', version: 99, audio: 'live' }))
        peer.messages.send(Buffer.of(1))
        await expect.poll(() => received.length, PATIENCE).toBe(1)
        clock.advance(15_000)
        await expect(waitForPeer(session, 'zoe')).rejects.toMatchObject({ code: 'webrtc.connection_timed_out' })
      })
      await expectNoSockets()
    })

    it('may send what is no message of the protocol, and is heard when it sends one', async () => {
      await withPeer('zoe', async (session, peer) => {
        const received = messagesOf(session)
        peer.sayHello()
        for (const text of ['{', '"bye"', 'null', '{"type":"teapot"}', '{"type":"audio","audio":"loud"}']) {
          peer.control.send(text)
        }
        peer.control.send(JSON.stringify({ type: 'audio', audio: 'withheld', padding: 'x'.repeat(1_024) }))
        peer.messages.send('text where frames belong')
        peer.messages.send(Buffer.of(9, 1, 2, 3))
        peer.messages.send(Buffer.concat([Buffer.of(1), Buffer.from('äntligen')]))
        await expect.poll(() => textsOf(received), PATIENCE).toEqual(['äntligen'])
        expect(session.peers()).toEqual([{ peerId: 'zoe', state: 'connected', audio: 'live' }])
      })
    })

    it('is not heard while it says itself that its audio is withheld', async () => {
      await withPeer('zoe', async (session, peer) => {
        const heard = audioOf(session)
        const received = messagesOf(session)
        peer.sayHello('withheld')
        await waitForPeer(session, 'zoe')
        for (let number = 0; number < 20; number += 1) peer.sendAudio(number)
        peer.messages.send(Buffer.of(1))
        await expect.poll(() => received.length, PATIENCE).toBe(1)
        expect(heard).toEqual([])
        peer.control.send(JSON.stringify({ type: 'audio', audio: 'live' }))
        await expect.poll(() => session.peers()[0]?.audio, PATIENCE).toBe('live')
        let number = 20
        await expect.poll(() => (peer.sendAudio((number += 1)), heard.length), PATIENCE).toBeGreaterThan(0)
      })
    })
  })

  describe('a peer that goes away', () => {
    it('without a goodbye has failed, and has left when the signalling says so', async () => {
      await withPeer('zoe', async (session, peer) => {
        peer.sayHello()
        await waitForPeer(session, 'zoe')
        await peer.vanish()
        await expect
          .poll(() => session.peers()[0], PATIENCE)
          .toMatchObject({
            state: 'failed',
            failure: { code: 'webrtc.connection_lost', message: expect.stringContaining('bröts') },
          })
        await expect(session.send('hallå', 'zoe')).rejects.toMatchObject({ code: 'webrtc.peer_not_connected' })
        await session.send('till alla som är kvar')
        await peer.leaveSignalling()
        await expect.poll(() => session.peers(), PATIENCE).toEqual([])
      })
      await expectNoSockets()
    })

    it('before it was connected has failed too', async () => {
      await withPeer('zoe', async (session, peer) => {
        await peer.vanish()
        await expect(waitForPeer(session, 'zoe')).rejects.toMatchObject({ code: 'webrtc.connection_failed' })
      })
    })

    it('has left when it says so, whatever the signalling says', async () => {
      await withPeer('zoe', async (session, peer) => {
        const seen: string[] = []
        session.onPeerLeft(({ peerId, state }) => seen.push(`${peerId} ${state}`))
        peer.sayHello()
        await waitForPeer(session, 'zoe')
        peer.control.send('{"type":"bye"}')
        await expect.poll(() => seen, PATIENCE).toEqual(['zoe left'])
        await peer.leaveSignalling()
        expect(seen).toEqual(['zoe left'])
      })
    })

    it.each([
      ['and a second has passed', async (_peer: RawPeer, clock: ManualClock) => clock.advance(1_000)],
      ['and its connection is gone', (peer: RawPeer) => peer.vanish()],
    ])('has left when only the signalling says so %s', async (_how, andThen) => {
      await withPeer('zoe', async (session, peer, clock) => {
        const seen: string[] = []
        session.onPeerState(({ state }) => seen.push(state))
        session.onPeerLeft(({ state }) => seen.push(state))
        peer.sayHello()
        await waitForPeer(session, 'zoe')
        await peer.leaveSignalling()
        await expect.poll(() => clock.pendingTimers, PATIENCE).toBe(1)
        await andThen(peer, clock)
        await expect.poll(() => seen, PATIENCE).toEqual(['connected', 'left'])
      })
    })
  })

  describe('a peer that begins anew', () => {
    it('is connected by its last offer', async () => {
      const signalling = createMemorySignalling()
      await using stage = await Stage.open(create, { signalling })
      const mona = await stage.join('mona')
      const first = await RawPeer.connect(signalling, 'aron', 'mona')
      first.sayHello()
      await waitForPeer(mona, 'aron')
      first.offerAnew(first.offeredSdp)
      await expect.poll(() => mona.peers()[0]?.state, PATIENCE).toBe('connecting')
      await first[Symbol.asyncDispose]()
      await expect.poll(() => mona.peers(), PATIENCE).toEqual([])
      await using second = await RawPeer.connect(signalling, 'aron', 'mona')
      second.sayHello()
      await expect(waitForPeer(mona, 'aron')).resolves.toMatchObject({ state: 'connected' })
    })
  })
}
