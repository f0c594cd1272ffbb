import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'
import { sleep } from '@gradvis/kernel'

import { createLegacyWebRTCPeerService } from '../legacy/index.ts'
import type { MessageData, PeerSession } from '../PeerSession.ts'
import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import { comesTrue } from './comesTrue.ts'
import { allConnected, ScratchRooms } from './ScratchRooms.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** How long a connection is watched, and how often it is used meanwhile. */
const BEATS = 10
const BEAT_MS = 100

/** What the last one follows has come when it has. */
const MESSAGES: readonly MessageData[] = ['text', '', 'åäö €', new Uint8Array(), new Uint8Array(65_535).fill(7), 'last']

type Pair = Readonly<{ name: string; sides: readonly [ScratchRooms, ScratchRooms] }>

/** Pairs connect, talk, stay connected and part: within the migrated side, and with legacy, as in a half-way rollout. */
export async function connectionsProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const signalling = createMemorySignalling()
  const migrated = await ScratchRooms.open(scratch, create, signalling)
  const legacy = await ScratchRooms.open(scratch, createLegacyWebRTCPeerService, signalling, 'legacy')
  const pairs: readonly Pair[] = [
    { name: 'migrated and migrated', sides: [migrated, migrated] },
    { name: 'migrated and migrated again', sides: [migrated, migrated] },
    { name: 'migrated and legacy', sides: [migrated, legacy] },
    { name: 'legacy and migrated', sides: [legacy, migrated] },
  ]
  const times = await Promise.all(pairs.map((pair, index) => probePair(scratch, pair, `room-${index}`)))
  await scratch.check('every room is empty again', async () => signalling.roomCount === 0)
  return { pairs: pairs.length, messages: pairs.length * 2 * MESSAGES.length, slowestConnectionMs: Math.max(...times) }
}

/** Answers how long the connection took (ms). */
async function probePair(scratch: ProbeScratch, { name, sides }: Pair, roomId: string): Promise<number> {
  const { context, signal } = scratch
  const sessions: PeerSession[] = []
  const beganMs = context.clock.monotonicMs()
  const isConnected = await scratch.check(`${name}: connect`, async () => {
    for (const [index, side] of sides.entries()) sessions.push(await side.join(roomId, `peer-${index}`))
    await allConnected(sessions, signal)
    return true
  })
  const tookMs = context.clock.monotonicMs() - beganMs
  const [first, second] = sessions
  if (!isConnected || !first || !second) return tookMs
  await scratch.check(`${name}: messages`, async () => {
    const answers = await Promise.all([arrives(scratch, first, second), arrives(scratch, second, first)])
    return answers.every(Boolean)
  })
  await scratch.check(`${name}: stay connected`, () => staysUp(scratch, first, second))
  await scratch.check(`${name}: leave`, async () => {
    const gone: string[] = []
    second.onPeerLeft(({ peerId }) => gone.push(peerId))
    await first.leave()
    const isTold = await comesTrue(
      scratch,
      (ask) => second.onPeerLeft(ask),
      () => gone.length > 0,
    )
    const isAlone = second.peers().length === 0
    await second.leave()
    const areEmpty = await Promise.all(sides.map((side) => side.isEmpty(roomId)))
    return isTold && isAlone && gone.join() === first.peerId && areEmpty.every(Boolean)
  })
  return tookMs
}

/** Whether every message arrives once, in order and unchanged. */
async function arrives(scratch: ProbeScratch, from: PeerSession, to: PeerSession): Promise<boolean> {
  const received: string[] = []
  using _listening = to.onMessage((message) => received.push(shown(message)))
  for (const data of MESSAGES) await from.send(data, to.peerId, scratch.signal)
  const sent = MESSAGES.map((data) => shown({ from: from.peerId, data }))
  const isThere = await comesTrue(
    scratch,
    (ask) => to.onMessage(ask),
    () => received.includes(sent.at(-1) ?? ''),
  )
  return isThere && received.join('\n') === sent.join('\n')
}

async function staysUp(scratch: ProbeScratch, first: PeerSession, second: PeerSession): Promise<boolean> {
  const received: unknown[] = []
  let changes = 0
  const count = () => {
    changes += 1
  }
  using _listening = second.onMessage(({ data }) => received.push(data))
  using _first = first.onPeerState(count)
  using _second = second.onPeerState(count)
  for (let beat = 0; beat < BEATS; beat += 1) {
    await first.send(`${beat}`, second.peerId, scratch.signal)
    await sleep(scratch.context.clock, BEAT_MS, scratch.signal)
  }
  const isThere = await comesTrue(
    scratch,
    (ask) => second.onMessage(ask),
    () => received.length === BEATS,
  )
  const states = [...first.peers(), ...second.peers()].map(({ state }) => state)
  return isThere && changes === 0 && states.join() === 'connected,connected'
}

function shown({ from, data }: Readonly<{ from: string; data: MessageData }>): string {
  return `${from} ${typeof data === 'string' ? JSON.stringify(data) : Buffer.from(data).toString('base64')}`
}
