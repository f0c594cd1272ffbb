import { randomUUID } from 'node:crypto'

import { type RTCDataChannel, RTCPeerConnection, type RTCRtpSender, RtpHeader, RtpPacket } from 'werift'

import type { SignallingChannel, SignallingTransport } from '../signalling/SignallingTransport.ts'
import { closePeerConnection } from '../werift/closePeerConnection.ts'
import { isOfferer, type SignalBody } from '../wire/SignalBody.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import { joinAsStranger } from './Stage.ts'

/** A participant that follows the wire protocol exactly as far as a test lets it. */
export class RawPeer implements AsyncDisposable {
  readonly peerId: string
  readonly control: RTCDataChannel
  readonly messages: RTCDataChannel
  readonly controlTexts: string[] = []
  readonly #sender: RTCRtpSender
  readonly #connection: RTCPeerConnection
  readonly #channel: SignallingChannel
  readonly #other: string
  readonly #opened = Promise.withResolvers<void>()
  #attempt = ''

  private constructor(peerId: string, other: string, channel: SignallingChannel) {
    this.peerId = peerId
    this.#other = other
    this.#channel = channel
    this.#connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: [],
      iceAdditionalHostAddresses: ['127.0.0.1'],
    })
    this.#sender = this.#connection.addTransceiver('audio', { direction: 'sendrecv' }).sender
    const open = (label: keyof typeof wireFormat.channels) =>
      this.#connection.createDataChannel(label, { negotiated: true, id: wireFormat.channels[label] })
    this.control = open('control')
    this.messages = open('messages')
    this.control.stateChanged.subscribe((state) => state === 'open' && this.#opened.resolve())
    this.control.onMessage.subscribe((text) => this.controlTexts.push(text.toString()))
    channel.onMessage((message) => {
      if (message.type === 'signal') void this.#receive(message.body as SignalBody)
    })
  }

  /** Resolves when its channels are open. It has said nothing on them yet. */
  static async connect(signalling: SignallingTransport, peerId: string, other: string): Promise<RawPeer> {
    const peer = new RawPeer(peerId, other, await joinAsStranger(signalling, peerId))
    if (isOfferer(peerId, other)) await peer.offer()
    await peer.#opened.promise
    return peer
  }

  async offer(): Promise<void> {
    this.#attempt = randomUUID()
    const { sdp } = await this.#connection.createOffer()
    await this.#connection.setLocalDescription({ type: 'offer', sdp })
    this.#send({ type: 'offer', connection: this.#attempt, sdp: this.#connection.localDescription!.sdp })
  }

  /** Signals the beginning of another attempt, which it does not follow up. */
  offerAnew(sdp: string): void {
    this.#send({ type: 'offer', connection: randomUUID(), sdp })
  }

  get offeredSdp(): string {
    return this.#connection.localDescription!.sdp
  }

  sayHello(audio = 'live'): void {
    this.control.send(JSON.stringify({ type: 'hello', version: wireFormat.version, audio }))
  }

  sendAudio(sequenceNumber: number): void {
    const header = new RtpHeader({ sequenceNumber, timestamp: sequenceNumber * 960 })
    void this.#sender.sendRtp(new RtpPacket(header, Buffer.alloc(80)))
  }

  /** Without a goodbye, as when a process is killed. */
  vanish(): Promise<void> {
    return closePeerConnection(this.#connection)
  }

  leaveSignalling(): Promise<void> {
    return this.#channel.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leaveSignalling()
    await this.vanish()
  }

  async #receive(body: SignalBody): Promise<void> {
    if (body.type === 'candidate') return this.#connection.addIceCandidate(body)
    const { type, sdp, connection } = body
    if (type === 'answer' && connection !== this.#attempt) return
    this.#attempt = connection
    await this.#connection.setRemoteDescription({ type, sdp })
    if (type === 'answer') return
    const answer = await this.#connection.createAnswer()
    await this.#connection.setLocalDescription({ type: 'answer', sdp: answer.sdp })
    this.#send({ type: 'answer', connection, sdp: this.#connection.localDescription!.sdp })
  }

  #send(body: SignalBody): void {
    this.#channel.send(this.#other, body)
  }
}
