import { inSession } from '@gradvis/base-service'
import { abortable, type Disposer, type ServiceError, TypedEvents } from '@gradvis/kernel'

import type {
  AudioPacket,
  AudioState,
  MessageData,
  PeerAudio,
  PeerMessage,
  PeerSession,
  RemotePeer,
} from '../PeerSession.ts'
import type { ListedSession } from '../SessionDirectory.ts'
import type { SignallingChannel, SignallingMessage } from '../signalling/SignallingTransport.ts'
import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { isOfferer, type SignalBody, signalBody } from '../wire/SignalBody.ts'
import { fromRtp, toRtp } from './audioPackets.ts'
import { toFrame } from './messageFrames.ts'
import type { MigratedPeerSessionOptions } from './MigratedPeerSessionOptions.ts'
import { PeerLink } from './PeerLink.ts'

const MAX_EARLY_MESSAGES = 64

type Listener<Payload> = (payload: Payload) => void
type Events = { joined: RemotePeer; left: RemotePeer; state: RemotePeer; message: PeerMessage; audio: PeerAudio }

/** One stay in one room: a link to everyone else, and the gate that one's own audio passes or does not. */
export class MigratedPeerSession implements PeerSession, ListedSession {
  readonly roomId: string
  readonly peerId: string
  readonly sessionId: string
  readonly #options: MigratedPeerSessionOptions
  readonly #events: TypedEvents<Events>
  readonly #links = new Map<string, PeerLink>()
  readonly #ending = new Set<Promise<void>>()
  readonly #closed = Promise.withResolvers<void>()
  #channel: SignallingChannel | undefined
  #early: PeerMessage[] | undefined = []
  #muted = false
  #failure: ServiceError | undefined
  #leaving: Promise<void> | undefined

  constructor(options: MigratedPeerSessionOptions) {
    this.roomId = options.roomId
    this.peerId = options.peerId
    this.sessionId = options.sessionId
    this.#options = options
    this.#events = new TypedEvents(() => options.logger.error('a listener of a peer session failed'))
  }

  /** Once. When it rejects, the session has left and is closed. */
  async join(signal: AbortSignal): Promise<void> {
    const { roomId, peerId, signalling } = this.#options
    try {
      this.#channel = await signalling.join({ roomId, peerId, signal })
      const links = this.#channel.present.map((present) => this.#meet(present))
      this.#channel.onMessage((message) => this.#receive(message))
      await abortable(Promise.all(links.map((link) => link.settled)), signal)
      if (this.#failure) throw this.#failure
      const failure = links.find((link) => link.peer.failure)?.peer.failure
      if (failure && !links.some((link) => link.isConnected)) throw failure
    } catch (error) {
      await this.leave()
      throw error
    }
  }

  get closed(): Promise<void> {
    return this.#closed.promise
  }

  get failure(): ServiceError | undefined {
    return this.#failure
  }

  get audio(): AudioState {
    if (this.#leaving || !this.#options.consent.allows()) return 'withheld'
    return this.#muted ? 'muted' : 'live'
  }

  get bufferedBytes(): number {
    return [...this.#links.values()].reduce((sum, link) => sum + link.stats.bufferedBytes, 0)
  }

  peers(): readonly RemotePeer[] {
    return [...this.#links.values()].map((link) => link.peer).sort((a, b) => (a.peerId < b.peerId ? -1 : 1))
  }

  readonly onPeerJoined = (listener: Listener<RemotePeer>) => this.#events.on('joined', listener)
  readonly onPeerLeft = (listener: Listener<RemotePeer>) => this.#events.on('left', listener)
  readonly onPeerState = (listener: Listener<RemotePeer>) => this.#events.on('state', listener)
  readonly onAudio = (listener: Listener<PeerAudio>) => this.#events.on('audio', listener)

  onMessage(listener: Listener<PeerMessage>): Disposer {
    const off = this.#events.on('message', listener)
    const early = this.#early ?? []
    this.#early = undefined
    for (const message of early) this.#events.emit('message', message)
    return off
  }

  async send(data: MessageData, to?: string, signal?: AbortSignal): Promise<void> {
    if (this.#leaving) throw webRTCPeerErrors.create('session_closed', {})
    const frame = toFrame(data)
    const sent = to === undefined ? this.#broadcast(frame, signal) : this.#sendTo(to, frame, signal)
    await inSession({ service: 'WebRTCPeerService', operation: 'send' }, signal, sent)
  }

  sendAudio(packet: AudioPacket): boolean {
    const rtp = toRtp(packet)
    if (this.audio !== 'live') return false
    const links = this.#connected()
    for (const link of links) link.sendAudio(rtp)
    return links.length > 0
  }

  mute(): void {
    this.#muted = true
    this.#tellAudio()
  }

  unmute(): void {
    if (this.#leaving) throw webRTCPeerErrors.create('session_closed', {})
    this.#options.consent.require()
    this.#muted = false
    this.#tellAudio()
  }

  withdrawConsent(): void {
    this.#options.consent.withdraw()
    this.#tellAudio()
  }

  async stats() {
    return { peers: [...this.#links.values()].map((link) => link.stats) }
  }

  leave(): Promise<void> {
    this.#leaving ??= this.#leave()
    return this.#leaving
  }

  close(): Promise<void> {
    return this.leave()
  }

  async #leave(): Promise<void> {
    const reason = webRTCPeerErrors.create('session_closed', {})
    for (const link of this.#links.values()) this.#end(link, reason, true)
    await Promise.allSettled(this.#ending)
    await this.#channel?.close()
    this.#links.clear()
    this.#closed.resolve()
  }

  /** Sockets may outlive the link by a moment; whoever leaves waits for them. */
  #end(link: PeerLink, reason: ServiceError, goodbye = false): void {
    const ended = link.close(reason, goodbye).finally(() => this.#ending.delete(ended))
    this.#ending.add(ended)
  }

  #receive(message: SignallingMessage): void {
    if (this.#leaving) return
    switch (message.type) {
      case 'peer-joined':
        return this.#emit('joined', this.#meet(message.peerId).peer)
      case 'peer-left':
        return this.#links.get(message.peerId)?.depart()
      case 'signal':
        return this.#receiveSignal(message.from, message.body)
      case 'lost':
        this.#failure = webRTCPeerErrors.create('signalling_lost', {})
        void this.leave()
    }
  }

  #receiveSignal(from: string, body: unknown): void {
    const parsed = signalBody.safeParse(body)
    const link = this.#links.get(from)
    const isBackwards = parsed.data?.type === 'offer' && isOfferer(this.peerId, from)
    if (!link || !parsed.success || isBackwards) return this.#options.logger.warn('a signal was refused')
    // A second offer means that the other side has begun anew.
    const current = parsed.data.type === 'offer' && link.hasBegun ? this.#meet(from) : link
    current.receiveSignal(parsed.data)
  }

  #meet(peerId: string): PeerLink {
    const previous = this.#links.get(peerId)
    if (previous) this.#end(previous, webRTCPeerErrors.create('connection_lost', {}))
    const link: PeerLink = new PeerLink({
      peerId,
      configuration: this.#options.configuration,
      timeoutMs: this.#options.timeoutMs,
      clock: this.#options.clock,
      ownAudio: () => this.audio,
      signal: (body: SignalBody) => this.#channel?.send(peerId, body),
      onChange: () => this.#emit('state', link.peer),
      onMessage: (data) => this.#receiveMessage({ from: peerId, data }),
      onAudio: (packet) => this.#emit('audio', { from: peerId, packet: fromRtp(packet) }),
      onGone: () => this.#part(link),
    })
    this.#links.set(peerId, link)
    if (isOfferer(this.peerId, peerId)) link.offer()
    return link
  }

  #part(link: PeerLink): void {
    if (!this.#links.delete(link.peer.peerId)) return
    this.#end(link, webRTCPeerErrors.create('connection_lost', {}))
    this.#emit('left', link.peer)
  }

  #receiveMessage(message: PeerMessage): void {
    if (!this.#early) return this.#emit('message', message)
    this.#early.push(message)
    if (this.#early.length > MAX_EARLY_MESSAGES) this.#early.shift()
  }

  #tellAudio(): void {
    for (const link of this.#links.values()) link.tellAudio()
  }

  #emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    if (!this.#leaving) this.#events.emit(name, payload)
  }

  #connected(): readonly PeerLink[] {
    return [...this.#links.values()].filter((link) => link.isConnected)
  }

  async #sendTo(peerId: string, frame: Buffer, signal: AbortSignal | undefined): Promise<void> {
    const link = this.#links.get(peerId)
    if (!link) throw webRTCPeerErrors.create('peer_not_connected', {})
    await link.send(frame, signal)
  }

  async #broadcast(frame: Buffer, signal: AbortSignal | undefined): Promise<void> {
    const sent = await Promise.allSettled(this.#connected().map((link) => link.send(frame, signal)))
    signal?.throwIfAborted()
    if (this.#leaving && sent.some(({ status }) => status === 'rejected')) {
      throw webRTCPeerErrors.create('session_closed', {})
    }
  }
}
