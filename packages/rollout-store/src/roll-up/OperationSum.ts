import type { LatencySketch, OperationWindow } from '@gradvis/rollout'

const COUNTS = ['operations', 'faults', 'rescued', 'refused', 'cancelled', 'cacheHits'] as const
type Counts = Record<(typeof COUNTS)[number], number>

/** One operation over several windows: counts and codes add, latency sketches merge. */
export class OperationSum {
  readonly #counts: Counts = { operations: 0, faults: 0, rescued: 0, refused: 0, cancelled: 0, cacheHits: 0 }
  readonly #codes = new Map<string, number>()
  #latency: LatencySketch | undefined

  /** `latency`: the window's sketch, read. */
  add(operation: OperationWindow, latency: LatencySketch | undefined): void {
    for (const name of COUNTS) this.#counts[name] += operation[name]
    for (const [code, count] of Object.entries(operation.codes))
      this.#codes.set(code, (this.#codes.get(code) ?? 0) + count)
    if (latency) this.#latency = this.#latency?.merge(latency) ?? latency
  }

  get isEmpty(): boolean {
    return COUNTS.every((name) => this.#counts[name] === 0)
  }

  toWindow(): OperationWindow {
    const latency = this.#latency?.toJSON()
    return { ...this.#counts, codes: Object.fromEntries(this.#codes), ...(latency && { latency }) }
  }
}
