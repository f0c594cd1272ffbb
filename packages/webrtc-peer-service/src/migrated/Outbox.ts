import { setImmediate } from 'node:timers/promises'

import type { RTCDataChannel } from 'werift'

import { abortable } from '@gradvis/kernel'

/**
 * How much goes out before the event loop may turn. werift's cost per message grows with its queue (256 KiB in small
 * messages bring it to a standstill). And Node reads 32 packets of a socket per turn, while a socket's buffer takes
 * about 250 small ones: a sender that is faster loses packets and waits a second for their retransmission.
 */
const MAX_BURST_BYTES = 65_536
const MAX_BURST_MESSAGES = 16

/** Frames for one data channel, in order; each waits until the channel has room for it. */
export class Outbox {
  readonly #channel: RTCDataChannel
  #last: Promise<unknown> = Promise.resolve()
  #burst = { messages: 0, bytes: 0 }
  #closed: Error | undefined
  #wake = Promise.withResolvers<void>()

  constructor(channel: RTCDataChannel) {
    this.#channel = channel
    channel.bufferedAmountLow.subscribe(() => this.#wakeUp())
  }

  /** Resolves when the frame is handed to the channel. */
  send(frame: string | Buffer, signal?: AbortSignal): Promise<void> {
    const sent = this.#last.then(() => this.#pass(frame, signal))
    this.#last = sent.catch(() => {})
    return sent
  }

  get bufferedBytes(): number {
    return this.#channel.bufferedAmount
  }

  /** Resolves when the channel has handed all it holds to the network, or is closed. */
  async emptied(): Promise<void> {
    while (!this.#closed && this.#channel.bufferedAmount > 0) await this.#wake.promise
  }

  /** Whatever waits, and whatever comes later, fails with the reason. */
  close(reason: Error): void {
    this.#closed ??= reason
    this.#wakeUp()
  }

  async #pass(frame: string | Buffer, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#burstHasRoomFor(frame)) await abortable(this.#nextBurst(), signal)
    signal?.throwIfAborted()
    if (this.#closed) throw this.#closed
    this.#burst.messages += 1
    this.#burst.bytes += frame.length
    this.#channel.send(frame)
  }

  #burstHasRoomFor(frame: string | Buffer): boolean {
    const { messages, bytes } = this.#burst
    return messages === 0 || (messages < MAX_BURST_MESSAGES && bytes + frame.length <= MAX_BURST_BYTES)
  }

  async #nextBurst(): Promise<void> {
    await this.emptied()
    await setImmediate()
    this.#burst = { messages: 0, bytes: 0 }
  }

  #wakeUp(): void {
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}
