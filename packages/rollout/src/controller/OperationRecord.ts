import type { OperationWindow } from '../evidence/ObservationWindow.ts'
import { LatencySketch } from '../statistics/LatencySketch.ts'
import type { RecordedOperation } from './WindowRecorder.ts'

/** A window keeps this many error codes apart; the rest is counted under `other`. */
const MAX_CODES = 32

/** The counts of one operation in the window that is open. */
export class OperationRecord {
  #operations = 0
  #faults = 0
  #rescued = 0
  #refused = 0
  #cancelled = 0
  #cacheHits = 0
  readonly #codes = new Map<string, number>()
  readonly #latency = new LatencySketch()

  add({ outcome, durationMs, rescued, cacheHit, code, isDrawn }: RecordedOperation): void {
    if (outcome === 'cancelled') {
      this.#cancelled++
      return
    }
    this.#operations++
    if (cacheHit) this.#cacheHits++
    if (outcome === 'ok') {
      if (isDrawn !== false) this.#latency.record(durationMs)
    } else if (outcome === 'refused') this.#refused++
    else this.#addFault(rescued, code)
  }

  toWindow(): OperationWindow {
    return {
      operations: this.#operations,
      faults: this.#faults,
      rescued: this.#rescued,
      refused: this.#refused,
      cancelled: this.#cancelled,
      cacheHits: this.#cacheHits,
      codes: Object.fromEntries(this.#codes),
      ...(this.#latency.count > 0 && { latency: this.#latency.toJSON() }),
    }
  }

  #addFault(rescued: boolean, code = 'unknown'): void {
    this.#faults++
    if (rescued) this.#rescued++
    const key = this.#codes.has(code) || this.#codes.size < MAX_CODES ? code : 'other'
    this.#codes.set(key, (this.#codes.get(key) ?? 0) + 1)
  }
}
