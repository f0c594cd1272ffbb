import type { RTCDataChannel } from 'werift'

import { LegacyPeerError } from './LegacyPeerError.ts'

/** werift slows down badly with a long queue, and packets are lost when a burst outruns the receiver's event loop. */
const BATCH_MESSAGES = 16
const BATCH_BYTES = 64 * 1024

type Entry = { frame: Buffer | string; done: () => void; failed: (error: Error) => void }

/** Feeds one data channel batch by batch. */
export class LegacySendQueue {
  readonly #channel: RTCDataChannel
  readonly #waiting: Entry[] = []
  #isPumping = false
  #closedBy: Error | undefined
  readonly #drainListeners: (() => void)[] = []

  constructor(channel: RTCDataChannel) {
    this.#channel = channel
    channel.bufferedAmountLow.subscribe(() => this.#tellDrained())
  }

  push(frame: Buffer | string, abort?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closedBy) return reject(this.#closedBy)
      if (abort?.aborted) return reject(new LegacyPeerError('ABORTED'))
      const onAbort = () => {
        const index = this.#waiting.indexOf(entry)
        if (index !== -1) this.#waiting.splice(index, 1)
        entry.failed(new LegacyPeerError('ABORTED'))
      }
      const entry: Entry = {
        frame,
        done: () => {
          abort?.removeEventListener('abort', onAbort)
          resolve()
        },
        failed: (error) => {
          abort?.removeEventListener('abort', onAbort)
          reject(error)
        },
      }
      abort?.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(entry)
      void this.#pump()
    })
  }

  get heldBytes(): number {
    return this.#channel.bufferedAmount
  }

  close(error: Error): void {
    this.#closedBy ??= error
    for (const entry of this.#waiting.splice(0)) entry.failed(this.#closedBy)
    this.#tellDrained()
  }

  async drained(): Promise<void> {
    while (!this.#closedBy && (this.#isPumping || this.#channel.bufferedAmount > 0)) await this.#nextDrain()
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      while (this.#waiting.length > 0 && !this.#closedBy) {
        this.#sendBatch()
        await this.#batchSent()
      }
    } catch (error) {
      this.close(new LegacyPeerError('CONNECTION_LOST', {}, { cause: error }))
    } finally {
      this.#isPumping = false
      this.#tellDrained()
    }
  }

  #sendBatch(): void {
    let bytes = 0
    for (let count = 0; count < BATCH_MESSAGES; count += 1) {
      const next = this.#waiting[0]
      if (!next || (count > 0 && bytes + next.frame.length > BATCH_BYTES)) return
      this.#waiting.shift()
      this.#channel.send(next.frame)
      bytes += next.frame.length
      next.done()
    }
  }

  async #batchSent(): Promise<void> {
    while (!this.#closedBy && this.#channel.bufferedAmount > 0) await this.#nextDrain()
    // Lets the receiving sockets of this process be read before the next batch.
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }

  #nextDrain(): Promise<void> {
    return new Promise((resolve) => {
      this.#drainListeners.push(resolve)
    })
  }

  #tellDrained(): void {
    for (const listener of this.#drainListeners.splice(0)) listener()
  }
}
