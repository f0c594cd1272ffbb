import { median, quantile } from './quantile.ts'
import type { MeasurementRow, RatioRow } from '../SuiteResult.ts'

/** Nanoseconds per operation of every case in every round. Comparisons are made within a round, then the median taken. */
export class Measurement {
  readonly #samples: ReadonlyMap<string, readonly number[]>

  constructor(samples: ReadonlyMap<string, readonly number[]>) {
    this.#samples = samples
  }

  /** One row per case, in the order of the cases. */
  rows(): MeasurementRow[] {
    return [...this.#samples].map(([name, samples]) => ({
      name,
      unit: 'ns',
      median: median(samples),
      lowerQuartile: quantile(samples, 0.25),
      upperQuartile: quantile(samples, 0.75),
    }))
  }

  medianNs(name: string): number {
    return median(this.#of(name))
  }

  /** How many times as long `name` takes as `base`. */
  ratio(name: string, base: string): number {
    return median(this.#pairs(name, base).map(([a, b]) => a / b))
  }

  /** How many nanoseconds longer `name` takes than `base`. */
  differenceNs(name: string, base: string): number {
    return median(this.#pairs(name, base).map(([a, b]) => a - b))
  }

  /** How many times as long each of `names` takes as `base`. */
  ratios(names: readonly string[], base: string): RatioRow[] {
    return names.map((name) => ({ name: `${name} / ${base}`, value: this.ratio(name, base) }))
  }

  /** The one with the smallest median. */
  fastest(names: readonly [string, ...string[]]): string {
    return names.reduce((best, name) => (this.medianNs(name) < this.medianNs(best) ? name : best))
  }

  #pairs(name: string, base: string): readonly (readonly [number, number])[] {
    const bases = this.#of(base)
    return this.#of(name).map((value, round) => [value, bases[round] as number] as const)
  }

  #of(name: string): readonly number[] {
    const samples = this.#samples.get(name)
    if (samples === undefined) throw new RangeError(`No case is called "${name}"`)
    return samples
  }
}
