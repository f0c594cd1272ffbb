import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'

import type { Logger } from '@gradvis/kernel'
import type { RTCIceCandidate, RTCPeerConnection } from 'werift'

import { wireFormat } from '../wire/wireFormat.ts'
import type { LegacyCandidate, LegacyDescription, LegacySignal } from './legacyMessages.ts'
import { askNoDefaultStunServer } from '../werift/askNoDefaultStunServer.ts'

/** Offer, answer and candidates of one connection, one step at a time. Emits `failed` when a step did. */
export class LegacyNegotiator extends EventEmitter<{ failed: [error: unknown] }> {
  readonly #rtc: RTCPeerConnection
  readonly #sendSignal: (signal: LegacySignal) => void
  readonly #logger: Logger
  readonly #ownCandidates: RTCIceCandidate[] = []
  #attempt: string | undefined
  #isDescribed = false
  #candidateCount = 0
  #isStopped = false
  #lastStep: Promise<void> = Promise.resolve()

  constructor(rtc: RTCPeerConnection, sendSignal: (signal: LegacySignal) => void, logger: Logger) {
    super()
    this.#rtc = rtc
    this.#sendSignal = sendSignal
    this.#logger = logger
    rtc.onIceCandidate.subscribe((candidate) => this.#gotOwnCandidate(candidate))
  }

  get hasAttempt(): boolean {
    return this.#attempt !== undefined
  }

  call(): void {
    this.#attempt = randomUUID()
    this.#queue(async () => {
      const offer = await this.#rtc.createOffer()
      await this.#describe('offer', offer.sdp)
    })
  }

  takeSignal(signal: LegacySignal): void {
    if (signal.type === 'offer' && this.#attempt === undefined) this.#attempt = signal.connection
    if (signal.connection !== this.#attempt) return
    if (signal.type === 'candidate') this.#takeCandidate(signal)
    else this.#takeDescription(signal)
  }

  /** Resolves when the step that was under way has ended; no other begins. */
  stop(): Promise<void> {
    this.#isStopped = true
    return this.#lastStep
  }

  #queue(step: () => Promise<void>): void {
    const previous = this.#lastStep
    const next = async () => {
      await previous
      if (this.#isStopped) return
      try {
        await step()
      } catch (error) {
        this.emit('failed', error)
      }
    }
    this.#lastStep = next()
  }

  #takeDescription({ type, sdp }: LegacyDescription): void {
    this.#queue(async () => {
      await this.#rtc.setRemoteDescription({ type, sdp })
      if (type === 'answer') return
      const answer = await this.#rtc.createAnswer()
      await this.#describe('answer', answer.sdp)
    })
  }

  #takeCandidate({ candidate, sdpMid, sdpMLineIndex }: LegacyCandidate): void {
    this.#candidateCount += 1
    if (this.#candidateCount > wireFormat.maxCandidates) return
    this.#queue(async () => {
      try {
        await this.#rtc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex })
      } catch (error) {
        this.#logger.debug('a candidate was not usable', { error: (error as Error).name })
      }
    })
  }

  async #describe(type: 'offer' | 'answer', sdp: string): Promise<void> {
    askNoDefaultStunServer(this.#rtc)
    const applied = this.#rtc.setLocalDescription({ type, sdp })
    this.#sendSignal({ type, connection: this.#attempt ?? '', sdp })
    this.#isDescribed = true
    for (const candidate of this.#ownCandidates.splice(0)) this.#sendCandidate(candidate)
    await applied
  }

  #gotOwnCandidate(candidate: RTCIceCandidate | undefined): void {
    if (!candidate) return
    // The other side can do nothing with a candidate before it has the description.
    if (this.#isDescribed) this.#sendCandidate(candidate)
    else this.#ownCandidates.push(candidate)
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): void {
    this.#sendSignal({
      type: 'candidate',
      connection: this.#attempt ?? '',
      candidate,
      sdpMid: sdpMid ?? null,
      sdpMLineIndex: sdpMLineIndex ?? null,
    })
  }
}
