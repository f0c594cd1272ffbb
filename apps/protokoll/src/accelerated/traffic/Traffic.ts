import { createHistogram } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'

import { type Clock, sleep } from '@gradvis/kernel'

const BEAT_MS = 10
/** A beat that comes later than this means that the machine has more to do than it can. */
const LATE_MS = 40
const LEAST_SHARE = 0.05

/** One kind of request, so many a second, at most so many at a time. `run` settles when the request has ended. */
export type Stream = Readonly<{ perSecond: number; concurrency: number; run: () => Promise<void> }>

/** How late the event loop was, in milliseconds, and the least share of the rate that was generated because of it. */
export type LagReport = Readonly<{ p50Ms: number; p99Ms: number; maxMs: number; leastShare: number }>

/**
 * Generates requests at a steady rate, and fewer while the event loop lags: a demonstration must not starve the machine
 * that it runs on, and response times of a machine on its knees say nothing of a service.
 */
export class Traffic {
  readonly #clock: Clock
  readonly #streams: readonly { readonly stream: Stream; owed: number; running: number }[]
  readonly #inFlight = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #beating: Promise<void> | undefined
  readonly #lag = createHistogram()
  #share = 1
  #leastShare = 1

  constructor(streams: readonly Stream[], clock: Clock) {
    this.#clock = clock
    this.#streams = streams.map((stream) => ({ stream, owed: 0, running: 0 }))
  }

  get lag(): LagReport {
    const ms = (value: number) => Math.round(value / 100) / 10
    const { max } = this.#lag
    const [p50Ms, p99Ms] = [50, 99].map((one) => ms(this.#lag.percentile(one))) as [number, number]
    return { p50Ms, p99Ms, maxMs: ms(max), leastShare: this.#leastShare }
  }

  start(): void {
    this.#beating ??= this.#beat()
  }

  /** Begins nothing more and waits for what runs. Idempotent. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#beating
    await Promise.all(this.#inFlight)
  }

  async #beat(): Promise<void> {
    let lastMs = this.#clock.monotonicMs()
    while (!this.#stop.signal.aborted) {
      await sleep(this.#clock, BEAT_MS, this.#stop.signal).catch(() => {})
      const nowMs = this.#clock.monotonicMs()
      const elapsedMs = nowMs - lastMs
      lastMs = nowMs
      this.#adapt(elapsedMs - BEAT_MS)
      if (!this.#stop.signal.aborted) await this.#begin(elapsedMs)
    }
  }

  /** Down fast, up slowly. */
  #adapt(lagMs: number): void {
    this.#lag.record(Math.max(1, Math.round(lagMs * 1_000)))
    this.#share = lagMs > LATE_MS ? Math.max(LEAST_SHARE, this.#share * 0.7) : Math.min(1, this.#share + 0.01)
    this.#leastShare = Math.min(this.#leastShare, this.#share)
  }

  /** Each in a turn of its own: begun together, the quickest would be seen to take as long as all of them. */
  async #begin(elapsedMs: number): Promise<void> {
    for (const one of this.#streams) {
      const { perSecond, concurrency, run } = one.stream
      one.owed = Math.min(concurrency, one.owed + (perSecond * this.#share * elapsedMs) / 1_000)
      for (; one.owed >= 1 && one.running < concurrency; one.owed -= 1) {
        one.running += 1
        const ended = run().finally(() => {
          one.running -= 1
          this.#inFlight.delete(ended)
        })
        this.#inFlight.add(ended)
        await setImmediate()
      }
    }
  }
}
