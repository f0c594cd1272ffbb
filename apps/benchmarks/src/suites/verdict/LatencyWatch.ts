import { compareLatency, LatencySketch } from '@gradvis/rollout'

/** The guardrail's defaults: 50 % more than legacy, one operation, alpha 0.001, from 200 operations a side. */
const FACTOR = 1.5
const ALPHA = 0.001
const LEAST = 200

/** The latency guardrail of the engine: `compareLatency` on all response times of the phase so far. */
export class LatencyWatch {
  readonly #migrated = new Side()
  readonly #legacy = new Side()

  record(side: 'migrated' | 'legacy', durationMs: number): void {
    if (side === 'migrated') this.#migrated.record(durationMs)
    else this.#legacy.record(durationMs)
  }

  get isWorse(): boolean {
    if (!this.#couldBeWorse()) return false
    const sides = { migrated: this.#migrated.sketch, legacy: this.#legacy.sketch }
    return compareLatency(sides, { factor: FACTOR, alpha: ALPHA, minimumSamples: LEAST }).worse
  }

  /** The evidence is at most ln 2 + x²·I / 2, whatever the mixture: where that is too little, nothing is asked. */
  #couldBeWorse(): boolean {
    const [migrated, legacy] = [this.#migrated, this.#legacy]
    if (migrated.count < LEAST || legacy.count < LEAST) return false
    const excess = Math.log(migrated.mean / legacy.mean / FACTOR)
    const variance = migrated.relativeVariance + legacy.relativeVariance
    return excess > 0 && Math.LN2 + (excess * excess) / (2 * variance) >= -Math.log(ALPHA)
  }
}

class Side {
  readonly sketch = new LatencySketch()
  count = 0
  #sum = 0
  #sumSquares = 0

  record(durationMs: number): void {
    this.sketch.record(durationMs)
    this.count++
    this.#sum += durationMs
    this.#sumSquares += durationMs * durationMs
  }

  get mean(): number {
    return this.#sum / this.count
  }

  get relativeVariance(): number {
    return Math.max(1e-12, (this.#sumSquares / this.count / this.mean ** 2 - 1) / (this.count - 1))
  }
}
