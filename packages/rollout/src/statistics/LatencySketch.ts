import { bucketMiddle, bucketOfLog, BUCKETS, LONGEST_US, SHORTEST_US } from './latencyBuckets.ts'
import { addSums, type LatencySums } from './LatencySums.ts'
import { LATENCY_LAYOUT, parseLatencySketch, type StoredLatencySketch } from './StoredLatencySketch.ts'

/**
 * How long operations took, in fixed memory (4.5 kB), from 1 µs to 1 h; what is shorter or longer counts as that.
 * Quantiles are off by at most 2 % of their value. Sketches of any instances and windows add up: `merge` gives the same
 * counts as recording everything in one, in any order and grouping, and the same sums but for rounding.
 * Counts are doubles, exact to 2^53, so that no roll-up of a fleet wraps around.
 * Source: C. Masson, J. Rim and H. Lee, "DDSketch", VLDB 2019, with a fixed range instead of collapsing buckets.
 */
export class LatencySketch {
  readonly #counts = new Float64Array(BUCKETS)
  #sum = 0
  #sumSquares = 0
  #sumLogs = 0
  #sumSquaredLogs = 0
  #count = 0

  /** Never throws and allocates nothing. What is not a number is left out; a negative duration counts as 1 µs. */
  record(durationMs: number): void {
    if (Number.isNaN(durationMs)) return
    let micros = durationMs * 1000
    if (micros < SHORTEST_US) micros = SHORTEST_US
    else if (micros > LONGEST_US) micros = LONGEST_US
    const log = Math.log(micros)
    const bucket = bucketOfLog(log)
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1
    this.#count++
    this.#sum += micros
    this.#sumSquares += micros * micros
    this.#sumLogs += log
    this.#sumSquaredLogs += log * log
  }

  get count(): number {
    return this.#count
  }

  /** Exact, not from the buckets. Undefined when nothing was recorded. */
  get meanMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count / 1000
  }

  /** Sums of the durations in µs and of their natural logarithms: what windows add and comparisons rest on. */
  get sums(): LatencySums {
    return {
      count: this.#count,
      sum: this.#sum,
      sumSquares: this.#sumSquares,
      sumLogs: this.#sumLogs,
      sumSquaredLogs: this.#sumSquaredLogs,
    }
  }

  /**
   * The duration in ms with rank ⌊q · (count - 1)⌋ from 0, within 2 %. Undefined when nothing was recorded.
   * @throws RangeError unless 0 <= q <= 1.
   */
  quantile(q: number): number | undefined {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile ${q} is not 0 to 1`)
    if (this.#count === 0) return undefined
    const rank = Math.floor(q * (this.#count - 1))
    let seen = 0
    const bucket = this.#counts.findIndex((count) => (seen += count) > rank)
    return bucketMiddle(bucket) / 1000
  }

  /** A new sketch of both; neither is changed. */
  merge(other: LatencySketch): LatencySketch {
    const merged = new LatencySketch()
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      merged.#counts[bucket] = (this.#counts[bucket] as number) + (other.#counts[bucket] as number)
    }
    merged.#setSums(addSums(this.sums, other.sums))
    return merged
  }

  /** Sparse: the buckets that hold something, in ascending order, and how much each holds. */
  toJSON(): StoredLatencySketch {
    const buckets = [...this.#counts.keys()].filter((bucket) => this.#counts[bucket] !== 0)
    const counts = buckets.map((bucket) => this.#counts[bucket] as number)
    const { sum, sumSquares, sumLogs, sumSquaredLogs } = this.sums
    return { layout: LATENCY_LAYOUT, buckets, counts, sums: [sum, sumSquares, sumLogs, sumSquaredLogs] }
  }

  /** The sketch that `toJSON` wrote, or undefined for anything that it can't have written. */
  static fromJSON(value: unknown): LatencySketch | undefined {
    const sketch = new LatencySketch()
    return sketch.add(value) ? sketch : undefined
  }

  /** Adds what `toJSON` wrote to this one, in place. False, and nothing is changed, for what it can't have written. */
  add(value: unknown): boolean {
    const stored = parseLatencySketch(value)
    if (stored === undefined) return false
    let count = 0
    for (let index = 0; index < stored.buckets.length; index++) {
      const bucket = stored.buckets[index] as number
      const more = stored.counts[index] as number
      this.#counts[bucket] = (this.#counts[bucket] as number) + more
      count += more
    }
    const [sum, sumSquares, sumLogs, sumSquaredLogs] = stored.sums
    this.#setSums(addSums(this.sums, { count, sum, sumSquares, sumLogs, sumSquaredLogs }))
    return true
  }

  #setSums(sums: LatencySums): void {
    this.#count = sums.count
    this.#sum = sums.sum
    this.#sumSquares = sums.sumSquares
    this.#sumLogs = sums.sumLogs
    this.#sumSquaredLogs = sums.sumSquaredLogs
  }
}
