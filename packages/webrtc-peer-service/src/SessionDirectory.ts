import { type Disposer, disposer } from '@gradvis/kernel'

import type { AudioState, RemotePeer } from './PeerSession.ts'
import type { Participant, RoomInfo } from './webRTCPeerContract.ts'

/** An open session as the directory sees it. */
export type ListedSession = Readonly<{
  roomId: string
  peerId: string
  audio: AudioState
  peers(): readonly RemotePeer[]
  /** Idempotent. Nothing of the participant's audio passes once this has returned. */
  withdrawConsent(): void
}>

/**
 * The open sessions of this process, whichever implementation opened them. Both implementations are given the same
 * one, so that a withdrawal of consent reaches a session that was opened before its subject was routed elsewhere.
 */
export interface SessionDirectory {
  add(session: ListedSession): Disposer
  room(roomId: string): RoomInfo
  /** Returns how many sessions it concerned. */
  withdrawConsent(peerId: string, roomId?: string): number
}

export function createSessionDirectory(): SessionDirectory {
  const sessions = new Set<ListedSession>()
  const inRoom = (roomId: string) => [...sessions].filter((session) => session.roomId === roomId)
  return {
    add(session) {
      sessions.add(session)
      return disposer(() => sessions.delete(session))
    },
    room(roomId) {
      const local = inRoom(roomId)
      // Local entries come last, because what a session says of itself beats what others see of it.
      const seen: Participant[] = [
        ...local.flatMap((session) =>
          session.peers().map(({ peerId, state, audio }) => ({ peerId, state, audio, local: false })),
        ),
        ...local.map(({ peerId, audio }) => ({ peerId, state: 'connected' as const, audio, local: true })),
      ]
      const participants = [...new Map(seen.map((participant) => [participant.peerId, participant])).values()]
      return { roomId, participantCount: participants.length, participants: participants.sort(byPeerId) }
    },
    withdrawConsent(peerId, roomId) {
      const concerned = [...sessions].filter((session) => session.peerId === peerId)
      const chosen = concerned.filter((session) => roomId === undefined || session.roomId === roomId)
      for (const session of chosen) session.withdrawConsent()
      return chosen.length
    },
  }
}

function byPeerId(a: Readonly<{ peerId: string }>, b: Readonly<{ peerId: string }>): number {
  return a.peerId < b.peerId ? -1 : 1
}
