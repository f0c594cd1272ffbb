import { randomUUID } from 'node:crypto'

import type { RTCIceCandidate, RTCPeerConnection } from 'werift'

import type { SignalBody } from '../wire/SignalBody.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import { askNoDefaultStunServer } from '../werift/askNoDefaultStunServer.ts'

type Description = Extract<SignalBody, { sdp: string }>

/**
 * Agrees on one connection with one peer: every description goes through one queue, every candidate follows its
 * description, and what belongs to another attempt is ignored.
 */
export class Negotiation {
  readonly #connection: RTCPeerConnection
  readonly #send: (body: SignalBody) => void
  readonly #onFailure: (error: unknown) => void
  #attempt: string | undefined
  #queue: Promise<void> = Promise.resolve()
  #unsent: RTCIceCandidate[] | undefined = []
  #candidatesReceived = 0
  #ended = false

  constructor(connection: RTCPeerConnection, send: (body: SignalBody) => void, onFailure: (error: unknown) => void) {
    this.#connection = connection
    this.#send = send
    this.#onFailure = onFailure
    connection.onIceCandidate.subscribe((candidate) => candidate && this.#offerCandidate(candidate))
  }

  get hasBegun(): boolean {
    return this.#attempt !== undefined
  }

  offer(): void {
    this.#attempt = randomUUID()
    this.#enqueue(async () => this.#describe('offer', (await this.#connection.createOffer()).sdp))
  }

  receive(body: SignalBody): void {
    if (body.type === 'offer') this.#attempt ??= body.connection
    if (body.connection !== this.#attempt) return
    if (body.type === 'candidate') return this.#receiveCandidate(body)
    this.#enqueue(() => this.#receiveDescription(body))
  }

  /** Begins nothing more and resolves when what was under way has ended. */
  end(): Promise<void> {
    this.#ended = true
    return this.#queue
  }

  #enqueue(step: () => Promise<void>): void {
    this.#queue = this.#runAfter(this.#queue, step)
  }

  async #runAfter(previous: Promise<void>, step: () => Promise<void>): Promise<void> {
    await previous
    if (!this.#ended) await step().catch(this.#onFailure)
  }

  async #receiveDescription({ type, sdp }: Description): Promise<void> {
    await this.#connection.setRemoteDescription({ type, sdp })
    if (type === 'offer') await this.#describe('answer', (await this.#connection.createAnswer()).sdp)
  }

  async #describe(type: 'offer' | 'answer', sdp: string): Promise<void> {
    // Applying it includes gathering, which may take seconds with STUN. The other side begins with what is known.
    askNoDefaultStunServer(this.#connection)
    const applied = this.#connection.setLocalDescription({ type, sdp })
    this.#send({ type, connection: this.#attempt ?? '', sdp })
    const unsent = this.#unsent ?? []
    this.#unsent = undefined
    for (const candidate of unsent) this.#sendCandidate(candidate)
    await applied
  }

  #offerCandidate(candidate: RTCIceCandidate): void {
    // werift gives candidates before it has resolved the description that they belong to.
    if (this.#unsent) this.#unsent.push(candidate)
    else this.#sendCandidate(candidate)
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): void {
    const owner = { sdpMid: sdpMid ?? null, sdpMLineIndex: sdpMLineIndex ?? null }
    this.#send({ type: 'candidate', connection: this.#attempt ?? '', candidate, ...owner })
  }

  #receiveCandidate({ candidate, sdpMid, sdpMLineIndex }: Extract<SignalBody, { type: 'candidate' }>): void {
    this.#candidatesReceived += 1
    if (this.#candidatesReceived > wireFormat.maxCandidates) return
    // One bad candidate is no reason to give up: the others may do.
    this.#enqueue(() => this.#connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex }).catch(() => {}))
  }
}
