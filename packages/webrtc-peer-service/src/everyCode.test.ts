import { mediaErrors, serviceErrors } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { ManualClock, messageProblems } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { createLegacyWebRTCPeerService } from './legacy/index.ts'
import { createMigratedWebRTCPeerService } from './migrated/index.ts'
import type { PeerSession } from './PeerSession.ts'
import { createMemorySignalling } from './signalling/createMemorySignalling.ts'
import { createWebSocketSignalling } from './signalling/createWebSocketSignalling.ts'
import { startSignallingServer } from './signalling/startSignallingServer.ts'
import { RawPeer } from './testing/RawPeer.ts'
import {
  audioPacket,
  type CreateWebRTCPeerService,
  joinAsStranger,
  PATIENCE,
  ROOM,
  Stage,
  type StageOptions,
} from './testing/Stage.ts'
import { waitForPeer } from './waitForPeer.ts'
import { webRTCPeerErrors } from './webRTCPeerErrors.ts'

type Create = CreateWebRTCPeerService

async function onStage(create: Create, options: StageOptions, work: (stage: Stage) => unknown): Promise<unknown> {
  await using stage = await Stage.open(create, options)
  return await work(stage)
}

async function withStrangeServer(
  create: Create,
  admits: boolean,
  work: (stage: Stage, close: () => Promise<void>) => unknown,
) {
  const server = await startSignallingServer({ authorize: () => admits })
  const signalling = createWebSocketSignalling(server.url, { token: '' })
  try {
    return await onStage(create, { signalling }, (stage) => work(stage, () => server.close()))
  } finally {
    await server.close()
  }
}

/** A session in a room with a peer of another make, whose channels are open and which has said nothing. */
async function withPeer(create: Create, work: (session: PeerSession, peer: RawPeer) => unknown): Promise<unknown> {
  const signalling = createMemorySignalling()
  return onStage(create, { signalling }, async (stage) => {
    const session = await stage.join('mona')
    await using peer = await RawPeer.connect(signalling, 'zoe', 'mona')
    return await work(session, peer)
  })
}

const CASES: Readonly<Record<string, (create: Create) => unknown>> = {
  'webrtc.room_full': (create) =>
    onStage(create, { signalling: createMemorySignalling({ maxPeersPerRoom: 1 }) }, async (stage) => {
      await stage.join('anna')
      return stage.join('bo')
    }),
  'webrtc.peer_id_taken': (create) =>
    onStage(create, {}, async (stage) => {
      await stage.join('anna')
      return stage.join('anna')
    }),
  'webrtc.join_refused': (create) => withStrangeServer(create, false, (stage) => stage.join('anna')),
  'webrtc.signalling_unreachable': (create) =>
    withStrangeServer(create, true, async (stage, close) => {
      await close()
      return stage.join('anna')
    }),
  'webrtc.signalling_lost': (create) =>
    withStrangeServer(create, true, async (stage, close) => {
      const session = await stage.join('anna')
      await close()
      await session.closed
      return waitForPeer(session, 'bo')
    }),
  'webrtc.connection_timed_out': (create) => {
    const [clock, signalling] = [new ManualClock(), createMemorySignalling()]
    return onStage(create, { signalling, clock }, async (stage) => {
      const stranger = await joinAsStranger(signalling, 'zoe')
      const joining = Promise.allSettled([stage.join('anna')])
      await expect.poll(() => clock.pendingTimers, PATIENCE).toBe(1)
      clock.advance(15_000)
      const [outcome] = await joining
      await stranger.close()
      if (outcome.status === 'rejected') throw outcome.reason
    })
  },
  'webrtc.connection_failed': (create) =>
    withPeer(create, async (session, peer) => {
      await peer.vanish()
      return waitForPeer(session, 'zoe')
    }),
  'webrtc.connection_lost': (create) =>
    withPeer(create, async (session, peer) => {
      peer.sayHello()
      await waitForPeer(session, 'zoe')
      await peer.vanish()
      await expect.poll(() => session.peers()[0]?.state, PATIENCE).toBe('failed')
      return waitForPeer(session, 'zoe')
    }),
  'webrtc.peer_not_connected': (create) =>
    onStage(create, {}, async (stage) => (await stage.join('anna')).send('hej', 'bo')),
  'webrtc.message_too_large': (create) =>
    onStage(create, {}, async (stage) => (await stage.join('anna')).send('å'.repeat(32_768))),
  'webrtc.invalid_audio_packet': (create) =>
    onStage(create, {}, async (stage) => (await stage.join('anna')).sendAudio({ ...audioPacket(1), timestamp: -1 })),
  'webrtc.session_closed': (create) =>
    onStage(create, {}, async (stage) => {
      const session = await stage.join('anna')
      await session.leave()
      return session.send('hej')
    }),
  'media.consent_missing': (create) =>
    onStage(create, {}, (stage) => stage.service.joinRoom({ roomId: ROOM, peerId: 'anna' })),
  'service.invalid_input': (create) =>
    onStage(create, {}, (stage) => stage.join('', { roomId: 'a room', media: { audio: 'yes' } } as object)),
  'service.cancelled': (create) => onStage(create, {}, (stage) => stage.join('anna', {}, AbortSignal.abort())),
  'service.not_running': (create) =>
    create(createTestContext(), { signalling: createMemorySignalling() }).getRoom({ roomId: ROOM }),
}

const CATALOG = { ...webRTCPeerErrors.catalog, ...mediaErrors.catalog, ...serviceErrors.catalog }
const CODES = new Set([...Object.keys(webRTCPeerErrors.catalog), ...Object.keys(CASES)])

describe.each([
  ['legacy', createLegacyWebRTCPeerService],
  ['migrated', createMigratedWebRTCPeerService],
] as const)('%s: every code, provoked', (_side, create) => {
  it.each([...CODES])('%s is told well in both languages', async (code) => {
    const provoke = CASES[code]
    expect(await messageProblems(code, provoke && (() => provoke(create)), CATALOG)).toEqual([])
  })
})
