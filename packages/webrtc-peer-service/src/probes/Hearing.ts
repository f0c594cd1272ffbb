import type { ProbeScratch } from '@gradvis/base-service'
import { sleep } from '@gradvis/kernel'

import type { AudioPacket, AudioState, PeerSession } from '../PeerSession.ts'
import { comesTrue } from './comesTrue.ts'

/** How long an Opus packet of ordinary length sounds. */
const PACKET_MS = 20
const TICKS_PER_PACKET = 960
/** The first packets may be lost while the far end is still getting its keys ready. */
const MAX_WARM_UP_PACKETS = 50
const PACKETS_OF_SILENCE = 20

/** One participant speaks, another listens: what of it is heard? */
export class Hearing implements Disposable {
  readonly #scratch: ProbeScratch
  readonly #speaker: PeerSession
  readonly #listener: PeerSession
  readonly #heard: AudioPacket[] = []
  readonly #stop: Disposable
  #next = 0
  /** When the last packet of `speaks` came; undefined while nobody measures. */
  #lastMs: number | undefined
  /** The longest silence between two packets of `speaks`. */
  longestGapMs = 0

  constructor(scratch: ProbeScratch, speaker: PeerSession, listener: PeerSession) {
    this.#scratch = scratch
    this.#speaker = speaker
    this.#listener = listener
    this.#stop = listener.onAudio(({ from, packet }) => {
      if (from === speaker.peerId) this.#note(packet)
    })
  }

  get packets(): number {
    return this.#heard.length
  }

  /** Speaks until something is heard; false when nothing is. */
  async begins(): Promise<boolean> {
    const before = this.packets
    for (let count = 0; count < MAX_WARM_UP_PACKETS && this.packets === before; count += 1) await this.#speak()
    return this.packets > before
  }

  /** Speaks in real time and answers how many packets were lost; undefined when any came changed or out of order. */
  async speaks(count: number): Promise<number | undefined> {
    const begin = this.#next
    this.#lastMs = this.#nowMs()
    for (let spoken = 0; spoken < count; spoken += 1) await this.#speak()
    const own = () => this.#heard.filter(({ sequenceNumber }) => sequenceNumber >= begin)
    await this.isReached()
    this.#lastMs = undefined
    const isInOrder = own().every((packet, index, all) => index === 0 || follows(packet, all[index - 1]))
    return isInOrder && own().every(isUnchanged) ? count - own().length : undefined
  }

  /**
   * Whether nothing passes. A message goes after the packets: when it is there, whatever was going to come has come,
   * for a closed gate lets nothing out and an open one is ahead of the message.
   */
  async isSilent(): Promise<boolean> {
    const before = this.packets
    const passed = Array.from({ length: PACKETS_OF_SILENCE }, () => this.#send())
    return (await this.isReached()) && !passed.includes(true) && this.packets === before
  }

  /** Whether the listener is told. */
  isTold(audio: AudioState): Promise<boolean> {
    const { peerId } = this.#speaker
    return comesTrue(
      this.#scratch,
      (ask) => this.#listener.onPeerState(ask),
      () => this.#listener.peers().some((peer) => peer.peerId === peerId && peer.audio === audio),
    )
  }

  /** Whether a message gets through. */
  async isReached(): Promise<boolean> {
    const word = `after ${this.#next}`
    let isThere = false
    using _listening = this.#listener.onMessage(({ data }) => {
      isThere ||= data === word
    })
    await this.#speaker.send(word, this.#listener.peerId, this.#scratch.signal)
    return await comesTrue(
      this.#scratch,
      (ask) => this.#listener.onMessage(ask),
      () => isThere,
    )
  }

  [Symbol.dispose](): void {
    this.#stop[Symbol.dispose]()
  }

  #nowMs(): number {
    return this.#scratch.context.clock.monotonicMs()
  }

  async #speak(): Promise<void> {
    this.#send()
    await sleep(this.#scratch.context.clock, PACKET_MS, this.#scratch.signal)
  }

  #send(): boolean {
    const sequenceNumber = this.#next
    this.#next += 1
    return this.#speaker.sendAudio({
      sequenceNumber,
      timestamp: sequenceNumber * TICKS_PER_PACKET,
      marker: sequenceNumber === 0,
      payload: payloadOf(sequenceNumber),
    })
  }

  #note(packet: AudioPacket): void {
    if (this.#lastMs !== undefined) {
      this.longestGapMs = Math.max(this.longestGapMs, this.#nowMs() - this.#lastMs)
      this.#lastMs = this.#nowMs()
    }
    this.#heard.push({ ...packet, payload: Uint8Array.from(packet.payload) })
  }
}

function payloadOf(sequenceNumber: number): Uint8Array {
  return new Uint8Array(80).fill(sequenceNumber % 256)
}

function follows(packet: AudioPacket, previous: AudioPacket | undefined): boolean {
  return previous !== undefined && packet.sequenceNumber > previous.sequenceNumber
}

function isUnchanged({ sequenceNumber, timestamp, marker, payload }: AudioPacket): boolean {
  const isNumbered = timestamp === sequenceNumber * TICKS_PER_PACKET && marker === (sequenceNumber === 0)
  return isNumbered && Buffer.from(payload).equals(payloadOf(sequenceNumber))
}
