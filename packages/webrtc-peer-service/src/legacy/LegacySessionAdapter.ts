import { randomUUID } from 'node:crypto'

import { type Disposer, disposer, type ServiceError } from '@gradvis/kernel'

import type {
  AudioPacket,
  AudioState,
  MessageData,
  PeerAudio,
  PeerMessage,
  PeerSession,
  PeerSessionStats,
  PeerState,
  RemotePeer,
} from '../PeerSession.ts'
import type { ListedSession } from '../SessionDirectory.ts'
import type { LegacyMember } from './LegacyMember.ts'
import type { LegacyRoom } from './LegacyRoom.ts'
import { toServiceError } from './toServiceError.ts'

const STATES = { connecting: 'connecting', up: 'connected', failed: 'failed', gone: 'left' } as const satisfies Record<
  LegacyMember['status'],
  PeerState
>

/** A LegacyRoom as the contract's session. */
export class LegacySessionAdapter implements PeerSession, ListedSession {
  readonly sessionId = randomUUID()
  readonly closed: Promise<void>
  readonly #room: LegacyRoom
  #failure: ServiceError | undefined

  constructor(room: LegacyRoom) {
    this.#room = room
    this.closed = new Promise((resolve) => {
      room.once('closed', (error) => {
        this.#failure = error && toServiceError(error, 'joinRoom')
        resolve()
      })
    })
  }

  get roomId(): string {
    return this.#room.room
  }

  get peerId(): string {
    return this.#room.name
  }

  get audio(): AudioState {
    return this.#room.microphone
  }

  get failure(): ServiceError | undefined {
    return this.#failure
  }

  peers(): readonly RemotePeer[] {
    return this.#room.members().map(toPeer)
  }

  onPeerJoined(listener: (peer: RemotePeer) => void): Disposer {
    return this.#onMember('memberJoined', listener)
  }

  onPeerLeft(listener: (peer: RemotePeer) => void): Disposer {
    return this.#onMember('memberLeft', listener)
  }

  onPeerState(listener: (peer: RemotePeer) => void): Disposer {
    return this.#onMember('memberChanged', listener)
  }

  onMessage(listener: (message: PeerMessage) => void): Disposer {
    const onMessage = (from: string, data: MessageData) => listener({ from, data })
    this.#room.on('message', onMessage)
    for (const { from, data } of this.#room.takeKeptMessages()) onMessage(from, data)
    return disposer(() => this.#room.off('message', onMessage))
  }

  onAudio(listener: (audio: PeerAudio) => void): Disposer {
    const onAudio = (from: string, packet: AudioPacket) => listener({ from, packet })
    this.#room.on('audio', onAudio)
    return disposer(() => this.#room.off('audio', onAudio))
  }

  async send(data: MessageData, to?: string, signal?: AbortSignal): Promise<void> {
    try {
      await (to === undefined ? this.#room.broadcast(data, signal) : this.#room.whisper(to, data, signal))
    } catch (error) {
      throw toServiceError(error, 'send')
    }
  }

  sendAudio(packet: AudioPacket): boolean {
    return translated(() => this.#room.pushAudio(packet))
  }

  mute(): void {
    this.#room.setMicrophone(false)
  }

  unmute(): void {
    translated(() => this.#room.setMicrophone(true))
  }

  withdrawConsent(): void {
    this.#room.revokeMicrophone()
  }

  async stats(): Promise<PeerSessionStats> {
    const toStats = ({ name, heldBytes, ...counts }: ReturnType<LegacyRoom['counters']>[number]) =>
      Object.assign(counts, { peerId: name, bufferedBytes: heldBytes })
    return { peers: this.#room.counters().map(toStats) }
  }

  leave(): Promise<void> {
    return this.#room.exit()
  }

  close(): Promise<void> {
    return this.#room.exit()
  }

  #onMember(name: 'memberJoined' | 'memberLeft' | 'memberChanged', listener: (peer: RemotePeer) => void): Disposer {
    const onMember = (member: LegacyMember) => listener(toPeer(member))
    this.#room.on(name, onMember)
    return disposer(() => this.#room.off(name, onMember))
  }
}

function toPeer({ name, status, audio, error }: LegacyMember): RemotePeer {
  const peer = { peerId: name, state: STATES[status], audio }
  return error ? { ...peer, failure: toServiceError(error, 'joinRoom') } : peer
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toServiceError(error, 'session')
  }
}
