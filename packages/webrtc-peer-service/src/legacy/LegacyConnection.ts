import { EventEmitter } from 'node:events'

import type { Disposer } from '@gradvis/kernel'
import {
  type MediaStreamTrack,
  type RTCDataChannel,
  RTCPeerConnection,
  type RTCRtpSender,
  RtpHeader,
  RtpPacket,
} from 'werift'

import type { AudioState } from '../PeerSession.ts'
import { closePeerConnection } from '../werift/closePeerConnection.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import {
  type LegacyAudioPacket,
  type LegacyControl,
  type LegacySignal,
  readControl,
  readFrame,
} from './legacyMessages.ts'
import type { LegacyConnectionEvents, LegacyConnectionSettings } from './LegacyConnectionSettings.ts'
import { LegacyNegotiator } from './LegacyNegotiator.ts'
import { LegacyPeerError } from './LegacyPeerError.ts'
import { LegacySendQueue } from './LegacySendQueue.ts'

const GOODBYE_WAIT_MS = 1_000

export type LegacyConnectionStatus = 'connecting' | 'up' | 'failed' | 'closed'

/**
 * The connection to one other member. Emits `changed` (status or audio), `message`, `audio` and, when the other side
 * has said goodbye, `gone`.
 */
export class LegacyConnection extends EventEmitter<LegacyConnectionEvents> {
  readonly name: string
  status: LegacyConnectionStatus = 'connecting'
  audio: AudioState = 'withheld'
  error: LegacyPeerError | undefined
  readonly counters = {
    messagesSent: 0,
    messagesReceived: 0,
    bytesSent: 0,
    bytesReceived: 0,
    audioPacketsSent: 0,
    audioPacketsReceived: 0,
  }
  readonly #settings: LegacyConnectionSettings
  readonly #rtc: RTCPeerConnection
  readonly #negotiator: LegacyNegotiator
  readonly #sender: RTCRtpSender
  readonly #controlChannel: RTCDataChannel
  readonly #control: LegacySendQueue
  readonly #messages: LegacySendQueue
  readonly #settledListeners: (() => void)[] = []
  #cancelTimer: Disposer
  #isDeparting = false
  #teardown: Promise<void> | undefined

  constructor(settings: LegacyConnectionSettings) {
    super()
    this.name = settings.name
    this.#settings = settings
    this.#rtc = new RTCPeerConnection(settings.rtc)
    this.#negotiator = new LegacyNegotiator(this.#rtc, settings.sendSignal, settings.logger)
    this.#negotiator.on('failed', (cause) => this.#fail(new LegacyPeerError('CONNECT_FAILED', {}, { cause })))
    this.#rtc.connectionStateChange.subscribe((state) => {
      if (state === 'failed') this.#broke()
    })
    this.#rtc.onTrack.subscribe((track) => this.#gotTrack(track))
    this.#sender = this.#rtc.addTransceiver('audio', { direction: 'sendrecv' }).sender
    this.#controlChannel = this.#openControl()
    this.#control = new LegacySendQueue(this.#controlChannel)
    this.#messages = new LegacySendQueue(this.#openMessages())
    this.#cancelTimer = settings.clock.schedule(settings.timeoutMs, () => {
      this.#fail(new LegacyPeerError('CONNECT_TIMEOUT', { limit: settings.timeoutMs }))
    })
  }

  get hasAttempt(): boolean {
    return this.#negotiator.hasAttempt
  }

  get heldBytes(): number {
    return this.#messages.heldBytes
  }

  /** Resolves when the connection is up, has failed or was closed. */
  settled(): Promise<void> {
    if (this.status !== 'connecting') return Promise.resolve()
    return new Promise((resolve) => {
      this.#settledListeners.push(resolve)
    })
  }

  call(): void {
    this.#negotiator.call()
  }

  takeSignal(signal: LegacySignal): void {
    this.#negotiator.takeSignal(signal)
  }

  async sendMessage(frame: Buffer, abort?: AbortSignal): Promise<void> {
    if (this.status !== 'up') throw new LegacyPeerError('NOT_CONNECTED')
    await this.#messages.push(frame, abort)
    this.counters.messagesSent += 1
    this.counters.bytesSent += frame.length - 1
  }

  sendAudio({ sequenceNumber, timestamp, marker, payload }: LegacyAudioPacket): void {
    const header = new RtpHeader({ sequenceNumber, timestamp, marker })
    this.counters.audioPacketsSent += 1
    this.#sender.sendRtp(new RtpPacket(header, Buffer.from(payload))).catch((error: Error) => {
      this.#settings.logger.debug('an audio packet was lost', { error: error.name })
    })
  }

  announceAudio(): void {
    if (this.status === 'up') this.#say({ type: 'audio', audio: this.#settings.ownAudio() })
  }

  /** The server says that the member has left, but what it sent last may still be under way. */
  expectGoodbye(): void {
    if (this.status !== 'up') {
      this.emit('gone')
      return
    }
    this.#isDeparting = true
    this.#cancelTimer = this.#settings.clock.schedule(GOODBYE_WAIT_MS, () => this.emit('gone'))
  }

  async hangUp(error: LegacyPeerError, withGoodbye: boolean): Promise<void> {
    const wasUp = this.status === 'up'
    this.status = 'closed'
    this.#tellSettled()
    if (wasUp && withGoodbye) await this.#sayGoodbye()
    await this.#tearDown(error)
  }

  #openControl(): RTCDataChannel {
    const channel = this.#rtc.createDataChannel('control', { negotiated: true, id: wireFormat.channels.control })
    channel.onMessage.subscribe((data) => this.#gotControl(data))
    channel.stateChanged.subscribe((state) => {
      if (state === 'open') {
        const hello = { type: 'hello', version: wireFormat.version, audio: this.#settings.ownAudio() }
        this.#control.push(JSON.stringify(hello)).catch(() => this.#broke())
      }
      if (state === 'closed') this.#broke()
    })
    return channel
  }

  #openMessages(): RTCDataChannel {
    const channel = this.#rtc.createDataChannel('messages', { negotiated: true, id: wireFormat.channels.messages })
    channel.onMessage.subscribe((frame) => this.#gotMessage(frame))
    return channel
  }

  #gotTrack(track: MediaStreamTrack): void {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      if (!this.#isActive() || this.audio === 'withheld') return
      this.counters.audioPacketsReceived += 1
      const { sequenceNumber, timestamp, marker } = header
      this.emit('audio', { sequenceNumber, timestamp, marker, payload })
    })
  }

  #gotMessage(frame: string | Buffer): void {
    const data = readFrame(frame)
    if (data === undefined || !this.#isActive()) return
    this.counters.messagesReceived += 1
    this.counters.bytesReceived += frame.length - 1
    this.emit('message', data)
  }

  #gotControl(data: string | Buffer): void {
    const message = readControl(data)
    if (message === undefined || !this.#isActive()) return
    if (message.type === 'bye') {
      this.emit('gone')
      return
    }
    this.audio = message.audio
    if (message.type === 'hello') {
      this.#cancelTimer()
      this.status = 'up'
      this.#tellSettled()
    }
    this.emit('changed')
  }

  #say(message: LegacyControl): void {
    this.#control.push(JSON.stringify(message)).catch((error: Error) => {
      this.#settings.logger.debug('a control message was not sent', { error: error.name })
    })
  }

  async #sayGoodbye(): Promise<void> {
    this.#say({ type: 'bye' })
    let cancel: Disposer | undefined
    const limit = new Promise<void>((resolve) => {
      cancel = this.#settings.clock.schedule(GOODBYE_WAIT_MS, resolve)
    })
    await Promise.race([this.#control.drained(), limit])
    cancel?.()
  }

  #isActive(): boolean {
    return this.status === 'connecting' || this.status === 'up'
  }

  #broke(): void {
    if (!this.#isActive()) return
    if (this.#isDeparting) this.emit('gone')
    else this.#fail(new LegacyPeerError(this.status === 'up' ? 'CONNECTION_LOST' : 'CONNECT_FAILED'))
  }

  #fail(error: LegacyPeerError): void {
    if (!this.#isActive()) return
    this.status = 'failed'
    this.error = error
    this.#settings.logger.warn('a peer connection failed', { reason: error.reason })
    this.#tellSettled()
    void this.#tearDown(error)
    this.emit('changed')
  }

  #tellSettled(): void {
    for (const listener of this.#settledListeners.splice(0)) listener()
  }

  #tearDown(error: LegacyPeerError): Promise<void> {
    this.#teardown ??= this.#release(error)
    return this.#teardown
  }

  async #release(error: LegacyPeerError): Promise<void> {
    this.#cancelTimer()
    this.#control.close(error)
    this.#messages.close(error)
    // A description that is still being applied would open sockets after the close.
    await this.#negotiator.stop()
    await closePeerConnection(this.#rtc)
  }
}
