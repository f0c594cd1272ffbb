import type { Managed, ProbeScratch } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'

import type { PeerSession } from '../PeerSession.ts'
import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { waitForPeer } from '../waitForPeer.ts'
import type { JoinRoomInput, WebRTCPeerService } from '../webRTCPeerContract.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** A probe must know well before its own end whether a connection came about. */
const CONNECT_TIMEOUT_MS = 8_000

/** A running instance in a world of its own: loopback, and a signalling that nobody else can reach. */
export class ScratchRooms {
  readonly service: Managed<WebRTCPeerService>
  readonly #scratch: ProbeScratch

  private constructor(service: Managed<WebRTCPeerService>, scratch: ProbeScratch) {
    this.service = service
    this.#scratch = scratch
  }

  static async open(
    scratch: ProbeScratch,
    create: ServiceFactory,
    signalling: SignallingTransport = createMemorySignalling(),
    implementation: Implementation = 'migrated',
  ): Promise<ScratchRooms> {
    const additionalHostAddresses = ['127.0.0.1']
    const options = { signalling, additionalHostAddresses, connectTimeoutMs: CONNECT_TIMEOUT_MS }
    // The audit trail is about people, and there is nobody here.
    const context = { ...scratch.context, implementation, audit: undefined }
    const service = await scratch.start(create(context, options))
    return new ScratchRooms(service, scratch)
  }

  /** With consent to audio, unless the overrides say otherwise. */
  join(roomId: string, peerId: string, overrides: Partial<JoinRoomInput> = {}): Promise<PeerSession> {
    const { context, signal } = this.#scratch
    const consent = { purposes: ['audio'], version: 'probe', givenAt: Math.floor(context.clock.now()) } as const
    return this.service.joinRoom({ roomId, peerId, consent, ...overrides }, { signal })
  }

  /** Two who are connected to each other. */
  async pair(roomId: string, overrides: Partial<JoinRoomInput> = {}): Promise<readonly [PeerSession, PeerSession]> {
    const first = await this.join(roomId, 'peer-1')
    const second = await this.join(roomId, 'peer-2', overrides)
    await allConnected([first, second], this.#scratch.signal)
    return [first, second]
  }

  async isEmpty(roomId: string): Promise<boolean> {
    const { signal } = this.#scratch
    return (await this.service.getRoom({ roomId }, { signal })).participantCount === 0
  }
}

/** Rejects with the failure of the first that cannot be connected. */
export async function allConnected(sessions: readonly PeerSession[], signal: AbortSignal): Promise<void> {
  const others = (session: PeerSession) => sessions.filter(({ peerId }) => peerId !== session.peerId)
  const waits = sessions.flatMap((one) => others(one).map(({ peerId }) => waitForPeer(one, peerId, signal)))
  await Promise.all(waits)
}
