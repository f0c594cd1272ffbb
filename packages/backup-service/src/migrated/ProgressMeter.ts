import type { CallOptions } from '@gradvis/base-service'
import type { Clock } from '@gradvis/kernel'

const INTERVAL_MS = 100

/** Counts bytes through the phases of one call and reports at most ten times a second. */
export class ProgressMeter {
  readonly #clock: Clock
  readonly #report: NonNullable<CallOptions['onProgress']>
  #phase = ''
  #done = 0
  #total: number | undefined
  #reportedMs = -Infinity

  constructor(clock: Clock, report: NonNullable<CallOptions['onProgress']>) {
    this.#clock = clock
    this.#report = report
  }

  /** Starts to count anew. `totalBytes` is left out while nobody knows it. */
  begin(phase: string, totalBytes?: number): void {
    this.#phase = phase
    this.#done = 0
    this.#total = totalBytes
  }

  readonly add = (bytes: number): void => {
    this.#done += bytes
    if (this.#clock.monotonicMs() - this.#reportedMs >= INTERVAL_MS) this.#send(this.#total)
  }

  /** The last report: everything is done. */
  finish(): void {
    this.#send(this.#done)
  }

  #send(total: number | undefined): void {
    this.#reportedMs = this.#clock.monotonicMs()
    this.#report({ phase: this.#phase, done: this.#done, ...(total !== undefined && { total }), unit: 'bytes' })
  }
}
