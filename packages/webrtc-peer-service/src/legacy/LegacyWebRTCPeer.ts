import type { Clock, Logger } from '@gradvis/kernel'
import type { RTCPeerConnectionConfig } from 'werift'

import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { checkEnterRequest, type LegacyEnterRequest } from './checkEnterRequest.ts'
import { LegacyPeerError } from './LegacyPeerError.ts'
import { LegacyRoom } from './LegacyRoom.ts'

const STOP_PATIENCE_MS = 30_000

export type LegacyPeerConfig = Readonly<{
  signalling: SignallingTransport
  iceServers: readonly Readonly<{ urls: string; username?: string; credential?: string }>[]
  hostAddresses: readonly string[]
  connectTimeoutMs: number
  clock: Clock
  logger: Logger
}>

export type LegacyPeerStatus = 'new' | 'started' | 'stopping' | 'stopped'

/** Rooms of a meeting over WebRTC: messages and audio between everyone in a room. */
export class LegacyWebRTCPeer {
  status: LegacyPeerStatus = 'new'
  readonly #config: LegacyPeerConfig
  readonly #rtc: RTCPeerConnectionConfig
  readonly #rooms = new Set<LegacyRoom>()
  readonly #entering = new Set<Promise<unknown>>()
  readonly #stopped = new AbortController()
  #stop: Promise<void> | undefined

  constructor(config: LegacyPeerConfig) {
    this.#config = config
    this.#rtc = {
      // Without it two sockets of every connection are never given back.
      bundlePolicy: 'max-bundle',
      iceServers: config.iceServers.map((server) => ({ ...server })),
      iceAdditionalHostAddresses: [...config.hostAddresses],
    }
  }

  start(): void {
    if (this.status !== 'new') return
    this.status = 'started'
    this.#config.logger.info('WebRTC peer started')
  }

  stop(): Promise<void> {
    this.#stop ??= this.#shutDown()
    return this.#stop
  }

  /** `onRoom` is told of the room before it is entered, so that permission can be revoked meanwhile. */
  async enterRoom(
    request: LegacyEnterRequest,
    abort?: AbortSignal,
    onRoom?: (room: LegacyRoom) => void,
  ): Promise<LegacyRoom> {
    if (this.status !== 'started') throw new LegacyPeerError('NOT_STARTED')
    checkEnterRequest(request)
    if (request.microphone && !request.permission?.purposes.includes('audio')) {
      throw new LegacyPeerError('NO_PERMISSION')
    }
    const entering = this.#enter(request, this.#signalOf(abort), onRoom)
    this.#entering.add(entering)
    try {
      return await entering
    } finally {
      this.#entering.delete(entering)
    }
  }

  get heldBytes(): number {
    let bytes = 0
    for (const room of this.#rooms) bytes += room.heldBytes
    return bytes
  }

  async #enter(
    request: LegacyEnterRequest,
    abort: AbortSignal,
    onRoom: ((room: LegacyRoom) => void) | undefined,
  ): Promise<LegacyRoom> {
    const { signalling, connectTimeoutMs, clock, logger } = this.#config
    const startedMs = clock.monotonicMs()
    const room = new LegacyRoom({
      room: request.room,
      name: request.name,
      microphoneAllowed: request.microphone,
      signalling,
      rtc: this.#rtc,
      timeoutMs: connectTimeoutMs,
      clock,
      logger,
    })
    this.#rooms.add(room)
    room.on('closed', () => this.#rooms.delete(room))
    onRoom?.(room)
    try {
      await room.enter(abort)
      logger.info('entered a room', { durationMs: Math.round(clock.monotonicMs() - startedMs) })
      return room
    } catch (error) {
      const reason = error instanceof LegacyPeerError ? error.reason : 'UNKNOWN'
      logger.warn('could not enter a room', { reason })
      throw error
    }
  }

  #signalOf(abort: AbortSignal | undefined): AbortSignal {
    return abort ? AbortSignal.any([abort, this.#stopped.signal]) : this.#stopped.signal
  }

  async #shutDown(): Promise<void> {
    const wasStarted = this.status === 'started'
    this.status = 'stopping'
    const cancel = this.#config.clock.schedule(STOP_PATIENCE_MS, () => this.#stopped.abort())
    while (this.#entering.size > 0) await Promise.allSettled(this.#entering)
    cancel()
    this.#stopped.abort()
    await Promise.allSettled([...this.#rooms].map((room) => room.exit()))
    this.status = 'stopped'
    if (wasStarted) this.#config.logger.info('WebRTC peer stopped')
  }
}
