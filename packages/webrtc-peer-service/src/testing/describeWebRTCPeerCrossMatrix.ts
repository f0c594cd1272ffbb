import { describe, expect, it } from 'vitest'

import type { PeerSession } from '../PeerSession.ts'
import { createSessionDirectory } from '../SessionDirectory.ts'
import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { createWebSocketSignalling } from '../signalling/createWebSocketSignalling.ts'
import { startSignallingServer } from '../signalling/startSignallingServer.ts'
import { audioOf, expectSilence } from './describeAudio.ts'
import {
  allConnected,
  type CreateWebRTCPeerService,
  expectNoSockets,
  messagesOf,
  PATIENCE,
  ROOM,
  sendAudioUntil,
  Stage,
  textsOf,
} from './Stage.ts'

type Sides = Readonly<{ name: string; first: CreateWebRTCPeerService; second: CreateWebRTCPeerService }>

/** Whoever meets whom: legacy and migrated are in one room, and what one opened the other lists and closes. */
export function describeWebRTCPeerCrossMatrix(
  createLegacy: CreateWebRTCPeerService,
  createMigrated: CreateWebRTCPeerService,
): void {
  describeRoom({ name: 'legacy calls migrated', first: createLegacy, second: createMigrated })
  describeRoom({ name: 'migrated calls legacy', first: createMigrated, second: createLegacy })
  describeHandover({ name: 'opened on legacy, asked on migrated', first: createLegacy, second: createMigrated })
  describeHandover({ name: 'opened on migrated, asked on legacy', first: createMigrated, second: createLegacy })

  describe('legacy and migrated together', () => {
    it('meet by fours over a real WebSocket', async () => {
      const server = await startSignallingServer({ authorize: () => true })
      const signalling = createWebSocketSignalling(server.url, { token: '' })
      await using legacy = await Stage.open(createLegacy, { signalling })
      await using migrated = await Stage.open(createMigrated, { signalling })
      const sessions = await Promise.all([
        legacy.join('anna'),
        migrated.join('bo'),
        legacy.join('cleo'),
        migrated.join('disa'),
      ])
      await allConnected(sessions)
      const inboxes = sessions.map(messagesOf)
      for (const session of sessions) await session.send(`från ${session.peerId}`)
      const expected = sessions.map(({ peerId }) =>
        sessions.filter((other) => other.peerId !== peerId).map((other) => `från ${other.peerId}`),
      )
      await expect.poll(() => inboxes.map((inbox) => textsOf(inbox).toSorted()), PATIENCE).toEqual(expected)
      await Promise.all([legacy.service.stop(), migrated.service.stop()])
      await server.close()
      await expectNoSockets()
    })
  })
}

/** The one with the smaller id offers. */
function describeRoom({ name, first, second }: Sides): void {
  async function meet(work: (caller: PeerSession, called: PeerSession, stages: readonly Stage[]) => Promise<void>) {
    const signalling = createMemorySignalling()
    await using one = await Stage.open(first, { signalling })
    await using other = await Stage.open(second, { signalling })
    const sessions = await Promise.all([one.join('anna'), other.join('bo')])
    await allConnected(sessions)
    await work(sessions[0], sessions[1], [one, other])
  }

  describe(`WebRTCPeerService, ${name}`, () => {
    it('and they exchange text, bytes and nothing at all, in order', async () => {
      await meet(async (caller, called) => {
        const [atCaller, atCalled] = [messagesOf(caller), messagesOf(called)]
        for (const session of [caller, called]) {
          for (const data of ['åäö', '', new Uint8Array(60_000), 'slut']) await session.send(data)
        }
        const expected = ['åäö', '', '60000 bytes', 'slut']
        await expect.poll(() => textsOf(atCaller), PATIENCE).toEqual(expected)
        await expect.poll(() => textsOf(atCalled), PATIENCE).toEqual(expected)
      })
    })

    it('and they hear each other, and each other’s silence', async () => {
      await meet(async (caller, called) => {
        const [atCaller, atCalled] = [audioOf(caller), audioOf(called)]
        await sendAudioUntil(caller, () => atCalled.length >= 5)
        await sendAudioUntil(called, () => atCaller.length >= 5)
        caller.mute()
        called.mute()
        await expect
          .poll(() => [caller.peers()[0]?.audio, called.peers()[0]?.audio], PATIENCE)
          .toEqual(['muted', 'muted'])
        await expectSilence(caller, called, atCalled)
        await expectSilence(called, caller, atCaller)
        caller.unmute()
        const before = atCalled.length
        await sendAudioUntil(caller, () => atCalled.length >= before + 5)
      })
    })

    it('and a withdrawn consent reaches the other side', async () => {
      await meet(async (caller, called, stages) => {
        const [atCaller, atCalled] = [audioOf(caller), audioOf(called)]
        await stages[0]!.service.withdrawConsent({ peerId: 'anna' })
        await stages[1]!.service.withdrawConsent({ peerId: 'bo' })
        await expect
          .poll(() => [caller.peers()[0]?.audio, called.peers()[0]?.audio], PATIENCE)
          .toEqual(['withheld', 'withheld'])
        await expectSilence(caller, called, atCalled)
        await expectSilence(called, caller, atCaller)
      })
    })

    it.each([0, 1])('and each sees the other leave (%i)', async (leaver) => {
      await meet(async (caller, called) => {
        const [leaving, staying] = leaver === 0 ? [caller, called] : [called, caller]
        const seen: string[] = []
        staying.onPeerState((peer) => seen.push(peer.state))
        staying.onPeerLeft((peer) => seen.push(peer.state))
        await leaving.leave()
        await expect.poll(() => seen, PATIENCE).toEqual(['left'])
      })
    })
  })
}

/** A subject that is routed to the other implementation while its session is open. */
function describeHandover({ name, first, second }: Sides): void {
  describe(`WebRTCPeerService, ${name}`, () => {
    it('lists the session and closes its audio', async () => {
      const shared = { signalling: createMemorySignalling(), directory: createSessionDirectory() }
      await using opened = await Stage.open(first, shared)
      await using asked = await Stage.open(second, shared)
      const session = await opened.join('anna')
      const listed = { peerId: 'anna', local: true, state: 'connected' }
      expect(await asked.service.getRoom({ roomId: ROOM })).toMatchObject({
        participants: [{ ...listed, audio: 'live' }],
      })
      expect(await asked.service.withdrawConsent({ peerId: 'anna' })).toEqual({ sessions: 1 })
      expect(session.audio).toBe('withheld')
      expect(await asked.service.getRoom({ roomId: ROOM })).toEqual(await opened.service.getRoom({ roomId: ROOM }))
      await session.leave()
      expect(await asked.service.getRoom({ roomId: ROOM })).toMatchObject({ participantCount: 0 })
    })

    it('keeps the session open while the other side starts and stops', async () => {
      const shared = { signalling: createMemorySignalling(), directory: createSessionDirectory() }
      await using opened = await Stage.open(first, shared)
      const asked = await Stage.open(second, shared)
      const [anna, bo] = await opened.meet('anna', 'bo')
      await asked.service.stop()
      const received = messagesOf(bo)
      await anna.send('vi är kvar')
      await expect.poll(() => textsOf(received), PATIENCE).toEqual(['vi är kvar'])
    })
  })
}
