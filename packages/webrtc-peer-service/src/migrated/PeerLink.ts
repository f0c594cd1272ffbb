import { type Clock, type Disposer, type ServiceError, sleep } from '@gradvis/kernel'
import { type RTCDataChannel, RTCPeerConnection, type RTCPeerConnectionConfig, type RtpPacket } from 'werift'

import type { AudioState, MessageData, PeerState, PeerStats, RemotePeer } from '../PeerSession.ts'
import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { closePeerConnection } from '../werift/closePeerConnection.ts'
import { type ControlMessage, controlMessage } from '../wire/ControlMessage.ts'
import type { SignalBody } from '../wire/SignalBody.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import { fromFrame } from './messageFrames.ts'
import { Negotiation } from './Negotiation.ts'
import { Outbox } from './Outbox.ts'

/** How long a goodbye waits for what was sent before it. */
const LINGER_MS = 1_000

export type PeerLinkOptions = Readonly<{
  peerId: string
  configuration: RTCPeerConnectionConfig
  timeoutMs: number
  clock: Clock
  ownAudio: () => AudioState
  signal: (body: SignalBody) => void
  onChange: () => void
  onMessage: (data: MessageData) => void
  onAudio: (packet: RtpPacket) => void
  /** The peer has left: it said so, or it has been silent since the signalling said so. */
  onGone: () => void
}>

/** One attempt to be connected to one peer. It ends as `failed` or closed and is never used again. */
export class PeerLink {
  readonly #options: PeerLinkOptions
  readonly #connection: RTCPeerConnection
  readonly #negotiation: Negotiation
  readonly #control: Outbox
  readonly #messages: Outbox
  readonly #sendRtp: (packet: RtpPacket) => Promise<void>
  #cancelTimeout: Disposer
  readonly #settled = Promise.withResolvers<void>()
  readonly #counts = { messagesSent: 0, messagesReceived: 0, bytesSent: 0, bytesReceived: 0 }
  readonly #audioCounts = { audioPacketsSent: 0, audioPacketsReceived: 0 }
  #state: PeerState = 'connecting'
  #failure: ServiceError | undefined
  #audio: AudioState = 'withheld'
  #isDeparting = false
  #released: Promise<void> | undefined

  constructor(options: PeerLinkOptions) {
    this.#options = options
    this.#connection = new RTCPeerConnection(options.configuration)
    this.#negotiation = new Negotiation(this.#connection, options.signal, (cause) =>
      this.#fail('connection_failed', cause),
    )
    this.#connection.connectionStateChange.subscribe((state) => state === 'failed' && this.#lose())
    const { sender } = this.#connection.addTransceiver('audio', { direction: 'sendrecv' })
    this.#sendRtp = (packet) => sender.sendRtp(packet)
    // The receiver's own track is replaced when the description comes; only the event gives the one that is fed.
    this.#connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#receiveRtp(packet))
    })
    const control = this.#openChannel('control', (text) => this.#receiveControl(text))
    control.stateChanged.subscribe((state) => {
      if (state === 'open') void this.#tell({ type: 'hello', version: wireFormat.version, audio: options.ownAudio() })
      if (state === 'closed') this.#lose()
    })
    this.#control = new Outbox(control)
    this.#messages = new Outbox(this.#openChannel('messages', (frame) => this.#receiveFrame(frame)))
    this.#cancelTimeout = options.clock.schedule(options.timeoutMs, () => this.#timeOut())
  }

  /** Resolves when the link is no longer connecting. */
  get settled(): Promise<void> {
    return this.#settled.promise
  }

  get isConnected(): boolean {
    return this.#state === 'connected'
  }

  get hasBegun(): boolean {
    return this.#negotiation.hasBegun
  }

  get peer(): RemotePeer {
    const { peerId } = this.#options
    return { peerId, state: this.#state, audio: this.#audio, ...(this.#failure && { failure: this.#failure }) }
  }

  get stats(): PeerStats {
    const { peerId } = this.#options
    return { peerId, ...this.#counts, ...this.#audioCounts, bufferedBytes: this.#messages.bufferedBytes }
  }

  offer(): void {
    this.#negotiation.offer()
  }

  receiveSignal(body: SignalBody): void {
    this.#negotiation.receive(body)
  }

  async send(frame: Buffer, signal?: AbortSignal): Promise<void> {
    if (!this.isConnected) throw webRTCPeerErrors.create('peer_not_connected', {})
    await this.#messages.send(frame, signal)
    this.#counts.messagesSent += 1
    this.#counts.bytesSent += frame.length - 1
  }

  sendAudio(packet: RtpPacket): void {
    this.#audioCounts.audioPacketsSent += 1
    // RTP has no receipts: a packet that a closing socket refuses is a lost packet.
    this.#sendRtp(packet).catch(() => {})
  }

  tellAudio(): void {
    if (this.isConnected) void this.#tell({ type: 'audio', audio: this.#options.ownAudio() })
  }

  /** The signalling says that the peer has left. What it sent before, the goodbye too, may still be on its way. */
  depart(): void {
    if (!this.isConnected) return this.#options.onGone()
    this.#isDeparting = true
    this.#cancelTimeout = this.#options.clock.schedule(LINGER_MS, () => this.#options.onGone())
  }

  /** Idempotent. Resolves when every socket and timer is gone. Nothing is reported from here on. */
  async close(reason: ServiceError, goodbye = false): Promise<void> {
    const wasConnected = this.isConnected
    this.#state = 'left'
    this.#settled.resolve()
    if (goodbye && wasConnected) await this.#sayGoodbye()
    await this.#release(reason)
  }

  async #sayGoodbye(): Promise<void> {
    const patience = new AbortController()
    const limit = sleep(this.#options.clock, LINGER_MS, patience.signal).catch(() => {})
    // It goes last, so once it is out everything before it is.
    const said = this.#tell({ type: 'bye' }).then(() => this.#control.emptied())
    await Promise.race([said, limit])
    patience.abort()
  }

  #openChannel(name: keyof typeof wireFormat.channels, onMessage: (data: string | Buffer) => void): RTCDataChannel {
    const channel = this.#connection.createDataChannel(name, { negotiated: true, id: wireFormat.channels[name] })
    channel.onMessage.subscribe((data) => this.#isOpen && onMessage(data))
    return channel
  }

  get #isOpen(): boolean {
    return this.#state === 'connecting' || this.#state === 'connected'
  }

  #receiveFrame(frame: string | Buffer): void {
    const data = fromFrame(frame)
    if (data === undefined) return
    this.#counts.messagesReceived += 1
    this.#counts.bytesReceived += frame.length - 1
    this.#options.onMessage(data)
  }

  #receiveRtp(packet: RtpPacket): void {
    // What is on its way when consent is withdrawn must not be heard either.
    if (!this.#isOpen || this.#audio === 'withheld') return
    this.#audioCounts.audioPacketsReceived += 1
    this.#options.onAudio(packet)
  }

  #receiveControl(text: string | Buffer): void {
    const message = parseControl(text)
    if (message?.type === 'bye') return this.#options.onGone()
    if (!message) return
    this.#audio = message.audio
    if (message.type === 'hello') {
      this.#cancelTimeout()
      this.#state = 'connected'
      this.#settled.resolve()
    }
    this.#options.onChange()
  }

  async #tell(message: ControlMessage): Promise<void> {
    // Nobody waits for it: a link that is gone has nothing to tell.
    await this.#control.send(JSON.stringify(message)).catch(() => {})
  }

  #timeOut(): void {
    this.#failWith(webRTCPeerErrors.create('connection_timed_out', { limitMs: this.#options.timeoutMs }))
  }

  #lose(): void {
    if (!this.#isOpen) return
    if (this.#isDeparting) return this.#options.onGone()
    this.#fail(this.isConnected ? 'connection_lost' : 'connection_failed')
  }

  #fail(key: 'connection_lost' | 'connection_failed', cause?: unknown): void {
    this.#failWith(webRTCPeerErrors.create(key, {}, { cause }))
  }

  #failWith(failure: ServiceError): void {
    if (!this.#isOpen) return
    this.#state = 'failed'
    this.#failure = failure
    this.#settled.resolve()
    void this.#release(failure)
    this.#options.onChange()
  }

  #release(reason: ServiceError): Promise<void> {
    this.#released ??= (async () => {
      this.#cancelTimeout()
      this.#control.close(reason)
      this.#messages.close(reason)
      await this.#negotiation.end()
      await closePeerConnection(this.#connection)
    })()
    return this.#released
  }
}

function parseControl(text: string | Buffer): ControlMessage | undefined {
  if (text.length > wireFormat.maxControlChars) return undefined
  try {
    return controlMessage.parse(JSON.parse(text.toString()))
  } catch {
    return undefined
  }
}
