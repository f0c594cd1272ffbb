import { randomUUID } from 'node:crypto'

import { MediaBaseService, requireConsent, type ServiceContext } from '@gradvis/base-service'
import type { Logger } from '@gradvis/kernel'
import type { RTCPeerConnectionConfig } from 'werift'

import { createSessionDirectory, type SessionDirectory } from '../SessionDirectory.ts'
import { type JoinRoom, webRTCPeerContract, type WebRTCPeerService } from '../webRTCPeerContract.ts'
import { DEFAULT_CONNECT_TIMEOUT_MS, type WebRTCPeerOptions } from '../WebRTCPeerOptions.ts'
import { MigratedPeerSession } from './MigratedPeerSession.ts'
import type { AudioConsent } from './MigratedPeerSessionOptions.ts'

export class MigratedWebRTCPeerService
  extends MediaBaseService<typeof webRTCPeerContract>
  implements WebRTCPeerService
{
  readonly #options: WebRTCPeerOptions
  readonly #directory: SessionDirectory
  readonly #configuration: RTCPeerConnectionConfig
  readonly #sessions = new Map<string, MigratedPeerSession>()

  constructor(context: ServiceContext, options: WebRTCPeerOptions) {
    super(webRTCPeerContract, context)
    this.#options = options
    this.#directory = options.directory ?? createSessionDirectory()
    this.#configuration = {
      // werift's default policy leaks two sockets per connection with audio and data, and asks Google for one's address.
      bundlePolicy: 'max-bundle',
      iceServers: [...(options.iceServers ?? [])],
      iceAdditionalHostAddresses: [...(options.additionalHostAddresses ?? [])],
    }
  }

  readonly joinRoom = this.operation('joinRoom', (input, { signal, logger }) => this.#join(input, signal, logger))

  readonly getRoom = this.operation('getRoom', async ({ roomId }) => this.#directory.room(roomId))

  readonly withdrawConsent = this.operation('withdrawConsent', async ({ peerId, roomId }) => {
    const sessions = this.#directory.withdrawConsent(peerId, roomId)
    await this.consentsAudited()
    return { sessions }
  })

  override reportBytes(): number {
    return super.reportBytes() + this.reportExternalBytes()
  }

  /** Messages that wait to be sent are Buffers. */
  reportExternalBytes(): number {
    return [...this.#sessions.values()].reduce((sum, session) => sum + session.bufferedBytes, 0)
  }

  /** Consent is kept per session: leaving one room, or withdrawing there, says nothing of another. */
  protected override participantOf(sessionId: string): string | undefined {
    return this.#sessions.get(sessionId)?.peerId
  }

  async #join(input: JoinRoom, signal: AbortSignal, logger: Logger): Promise<MigratedPeerSession> {
    const sessionId = randomUUID()
    const consent: AudioConsent = {
      allows: () => this.consents.allows(sessionId, 'audio'),
      require: () => requireConsent(this.consents, [sessionId], 'audio'),
      withdraw: () => this.consents.withdraw(sessionId),
    }
    const { audio } = this.constraints(input.media)
    // Before there is anything to clean up.
    if (audio && !input.consent?.purposes.includes('audio')) consent.require()
    const session = new MigratedPeerSession({
      roomId: input.roomId,
      peerId: input.peerId,
      sessionId,
      consent,
      logger,
      clock: this.context.clock,
      signalling: this.#options.signalling,
      configuration: this.#configuration,
      timeoutMs: this.#options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    })
    void this.#keep(session)
    if (audio && input.consent) this.consents.give(sessionId, input.consent)
    await session.join(signal)
    await this.consentsAudited()
    return session
  }

  /** Listed from before it joins, so that a withdrawal meanwhile reaches it, until it is closed. */
  async #keep(session: MigratedPeerSession): Promise<void> {
    using _track = this.tracks.register(() => session.withdrawConsent())
    using _entry = this.#directory.add(session)
    this.#sessions.set(session.sessionId, session)
    await session.closed
    // Whoever leaves has withdrawn nothing.
    this.consents.forget(session.sessionId)
    this.#sessions.delete(session.sessionId)
  }
}
