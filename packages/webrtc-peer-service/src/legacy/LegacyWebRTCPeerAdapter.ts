import {
  type CallOptions,
  type InputOf,
  type LifecycleState,
  type Managed,
  notRunning,
  type OutputOf,
  type ParsedInputOf,
  serviceErrors,
  type ServiceContext,
  validate,
} from '@gradvis/base-service'

import type { PeerSession } from '../PeerSession.ts'
import { createSessionDirectory, type SessionDirectory } from '../SessionDirectory.ts'
import { type JoinRoomInput, type RoomInfo, webRTCPeerContract, type WebRTCPeerService } from '../webRTCPeerContract.ts'
import { DEFAULT_CONNECT_TIMEOUT_MS, type WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'
import { LegacySessionAdapter } from './LegacySessionAdapter.ts'
import { LegacyWebRTCPeer, type LegacyPeerStatus } from './LegacyWebRTCPeer.ts'
import { toServiceError } from './toServiceError.ts'

const { operations, name: service } = webRTCPeerContract
type Operations = typeof operations

/** The legacy words for the states that every service has. */
const STATES = {
  new: 'created',
  started: 'running',
  stopping: 'draining',
  stopped: 'stopped',
} as const satisfies Record<LegacyPeerStatus, LifecycleState>

/** LegacyWebRTCPeer behind the contract: same codes, same defaults, same lifecycle as any other implementation. */
export class LegacyWebRTCPeerAdapter implements Managed<WebRTCPeerService> {
  readonly #legacy: LegacyWebRTCPeer
  readonly #directory: SessionDirectory

  constructor(context: ServiceContext, options: WebRTCPeerOptions) {
    this.#directory = options.directory ?? createSessionDirectory()
    this.#legacy = new LegacyWebRTCPeer({
      signalling: options.signalling,
      iceServers: options.iceServers ?? [],
      hostAddresses: options.additionalHostAddresses ?? [],
      connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      clock: context.clock,
      logger: context.logger.child({ service }),
    })
  }

  async start(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.#legacy.start()
  }

  stop(): Promise<void> {
    return this.#legacy.stop()
  }

  reportBytes(): number {
    return this.#legacy.heldBytes
  }

  /** All that it holds are messages that wait to be sent: Buffers. */
  reportExternalBytes(): number {
    return this.reportBytes()
  }

  readonly joinRoom = async (input: JoinRoomInput, { signal }: CallOptions = {}): Promise<PeerSession> => {
    const { roomId: room, peerId: name, consent: permission, media } = this.#admit('joinRoom', input, signal)
    let session: LegacySessionAdapter | undefined
    try {
      await this.#legacy.enterRoom({ room, name, microphone: media.audio, permission }, signal, (entered) => {
        session = new LegacySessionAdapter(entered)
        void this.#list(session)
      })
    } catch (error) {
      throw toServiceError(error, 'joinRoom')
    }
    return session as LegacySessionAdapter
  }

  readonly getRoom = async (input: InputOf<Operations['getRoom']>, { signal }: CallOptions = {}): Promise<RoomInfo> =>
    this.#directory.room(this.#admit('getRoom', input, signal).roomId)

  readonly withdrawConsent = async (
    input: InputOf<Operations['withdrawConsent']>,
    { signal }: CallOptions = {},
  ): Promise<OutputOf<Operations['withdrawConsent']>> => {
    const { peerId, roomId } = this.#admit('withdrawConsent', input, signal)
    return { sessions: this.#directory.withdrawConsent(peerId, roomId) }
  }

  #admit<Name extends keyof Operations>(
    operation: Name,
    input: unknown,
    signal: AbortSignal | undefined,
  ): ParsedInputOf<Operations[Name]> {
    const { status } = this.#legacy
    if (status !== 'started') throw notRunning(service, STATES[status])
    const validated = validate(operations[operation].input, input)
    if (!validated.ok) {
      throw serviceErrors.create('invalid_input', { service, operation, details: validated.details })
    }
    if (signal?.aborted) throw serviceErrors.create('cancelled', { service, operation })
    return validated.value as ParsedInputOf<Operations[Name]>
  }

  async #list(session: LegacySessionAdapter): Promise<void> {
    using _entry = this.#directory.add(session)
    await session.closed
  }
}
