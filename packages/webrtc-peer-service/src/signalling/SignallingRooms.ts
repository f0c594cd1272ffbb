import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import type { SignallingMessage } from './SignallingTransport.ts'

export type RoomMember = Readonly<{
  present: readonly string[]
  send(to: string, body: unknown): void
  /** Idempotent. */
  leave(): void
}>

type Deliver = (message: SignallingMessage) => void

/** A meeting of a board and its guests; every pair has a connection of its own, so cost grows by the square. */
export const DEFAULT_MAX_PEERS = 32

/** Who is in which room. Empty rooms are forgotten. */
export class SignallingRooms {
  readonly #rooms = new Map<string, Map<string, Deliver>>()
  readonly #maxPeers: number

  constructor(maxPeers: number) {
    this.#maxPeers = maxPeers
  }

  /** Throws `webrtc.room_full` or `webrtc.peer_id_taken`. */
  join(roomId: string, peerId: string, deliver: Deliver): RoomMember {
    const room = this.#rooms.get(roomId) ?? new Map<string, Deliver>()
    if (room.has(peerId)) throw webRTCPeerErrors.create('peer_id_taken', {})
    if (room.size >= this.#maxPeers) throw webRTCPeerErrors.create('room_full', { limit: this.#maxPeers })
    const present = [...room.keys()]
    for (const tell of room.values()) tell({ type: 'peer-joined', peerId })
    this.#rooms.set(roomId, room.set(peerId, deliver))
    const isMember = () => room.get(peerId) === deliver
    return {
      present,
      send: (to, body) => {
        if (isMember()) room.get(to)?.({ type: 'signal', from: peerId, body })
      },
      leave: () => {
        if (!isMember()) return
        room.delete(peerId)
        if (room.size === 0) this.#rooms.delete(roomId)
        for (const tell of room.values()) tell({ type: 'peer-left', peerId })
      },
    }
  }

  get size(): number {
    return this.#rooms.size
  }
}
