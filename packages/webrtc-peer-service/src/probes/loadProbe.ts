import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'

import type { PeerSession } from '../PeerSession.ts'
import { comesTrue } from './comesTrue.ts'
import { allConnected, ScratchRooms } from './ScratchRooms.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** A small board; 15 connections with two ends each. */
const PEERS = 6
const MESSAGES_EACH = 20
const LAST_WORD = 'end'
const ROOM = 'board'

const CONNECTIONS = (PEERS * (PEERS - 1)) / 2
const DELIVERIES = CONNECTIONS * 2 * MESSAGES_EACH

/** Everyone joins one room at the same time, connects to everyone, and everyone's every message arrives once. */
export async function loadProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const rooms = await ScratchRooms.open(scratch, create)
  const sessions: PeerSession[] = []
  const delivery = { lost: 0, doubled: 0 }
  let slowestConnectionMs = 0
  const areConnected = await scratch.check('everyone connects to everyone', async () => {
    const peerIds = Array.from({ length: PEERS }, (_, index) => `peer-${index}`)
    const beganMs = scratch.context.clock.monotonicMs()
    sessions.push(...(await Promise.all(peerIds.map((peerId) => rooms.join(ROOM, peerId)))))
    await allConnected(sessions, scratch.signal)
    slowestConnectionMs = scratch.context.clock.monotonicMs() - beganMs
    return sessions.every(isWhole)
  })
  if (!areConnected) return { peers: PEERS, slowestConnectionMs }
  await scratch.check('every message arrives exactly once and in order', async () => {
    const counted = await exchange(scratch, sessions)
    Object.assign(delivery, { lost: counted.lost, doubled: counted.doubled })
    return counted.lost === 0 && counted.doubled === 0 && counted.isInOrder
  })
  await scratch.check('nobody is lost on the way', async () => sessions.every(isWhole))
  await scratch.check('everyone leaves', async () => {
    await Promise.all(sessions.map((session) => session.leave()))
    return rooms.isEmpty(ROOM)
  })
  return { peers: PEERS, connections: CONNECTIONS, slowestConnectionMs, messages: DELIVERIES, ...delivery }
}

function isWhole(session: PeerSession): boolean {
  const peers = session.peers()
  return peers.length === PEERS - 1 && peers.every(({ state }) => state === 'connected')
}

/** A last word follows the messages: where it has come from everyone, all that was going to come has come. */
async function exchange(scratch: ProbeScratch, sessions: readonly PeerSession[]) {
  using inboxes = new DisposableStack()
  const received = sessions.map((session) => {
    const texts: string[] = []
    inboxes.use(session.onMessage(({ from, data }) => texts.push(`${from} ${String(data)}`)))
    return texts
  })
  const numbers = Array.from({ length: MESSAGES_EACH }, (_, index) => String(index))
  const speak = async (session: PeerSession) => {
    for (const text of [...numbers, LAST_WORD]) await session.send(text, undefined, scratch.signal)
  }
  await Promise.all(sessions.map(speak))
  const areComplete = sessions.map((session, index) =>
    comesTrue(
      scratch,
      (ask) => session.onMessage(ask),
      () => new Set(received[index]?.filter((text) => text.endsWith(LAST_WORD))).size === PEERS - 1,
    ),
  )
  await Promise.all(areComplete)
  const messages = received.map((texts) => texts.filter((text) => !text.endsWith(LAST_WORD)))
  const distinct = messages.reduce((sum, texts) => sum + new Set(texts).size, 0)
  const isInOrder = sessions.every(({ peerId }) =>
    messages.every((texts, index) => sessions[index]?.peerId === peerId || numbersOf(peerId, texts) === numbers.join()),
  )
  return { lost: DELIVERIES - distinct, doubled: messages.flat().length - distinct, isInOrder }
}

function numbersOf(peerId: string, texts: readonly string[]): string {
  const own = texts.filter((text) => text.startsWith(`${peerId} `))
  return own.map((text) => text.slice(peerId.length + 1)).join()
}
