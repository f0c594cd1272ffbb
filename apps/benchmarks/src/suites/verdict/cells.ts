import { WINDOW_MS, WINDOWS_PER_DAY } from './FaultStream.ts'

/** One true error rate at one traffic, over many phases. */
export type ErrorCell = Readonly<{
  kind: 'errors'
  threshold: number
  /** The true rate over the threshold. */
  times: number
  operationsPerSecond: number
  windows: number
  runs: number
}>

/** Log-normal response times, as many operations on both sides. */
export type LatencyCell = Readonly<{
  kind: 'latency'
  /** Mean response time of migrated over that of legacy. */
  times: number
  sigma: number
  operationsPerSecond: number
  windows: number
  runs: number
}>

export type Cell = ErrorCell | LatencyCell

/** Windows hold one operation or none (two in 2 %), so that looking once a window costs no operations. */
export const EXACT_TRAFFIC = 0.02

const THRESHOLDS = [0.01, 0.003]
/** A phase of two days. */
const PHASE = 2 * WINDOWS_PER_DAY

/** ln(1 / alpha) over the Kullback–Leibler divergence: no test that is wrong with probability alpha needs fewer on average. */
export function informationBound({ threshold, times }: Pick<ErrorCell, 'threshold' | 'times'>, alpha = 0.001): number {
  const rate = threshold * times
  return -Math.log(alpha) / (rate * Math.log(times) + (1 - rate) * Math.log((1 - rate) / (1 - threshold)))
}

/** Everything that is measured; `quick` runs each kind of cell a few times. */
export function cells(quick: boolean): readonly Cell[] {
  const all = [...healthyCells(), ...worseCells(), ...latencyCells()]
  return quick ? all.filter(isSmall).map((cell) => Object.assign(cell, { runs: 4 })) : all
}

function healthyCells(): readonly Cell[] {
  return THRESHOLDS.flatMap((threshold) =>
    [0.02, 0.1, 1, 10, 100].flatMap((operationsPerSecond) =>
      [0, 0.4, 0.9, 1].map((times) => {
        // At the threshold false alarms are to be expected, and so rare that it takes more phases to see how many.
        // Under heavy traffic the engine's own test has to run over every window there, which is dear.
        const runs = times === 1 && operationsPerSecond <= 1 ? 5_000 : 1_000
        return { kind: 'errors', threshold, times, operationsPerSecond, windows: PHASE, runs } as const
      }),
    ),
  )
}

function worseCells(): readonly Cell[] {
  return THRESHOLDS.flatMap((threshold) =>
    [EXACT_TRAFFIC, 10].flatMap((operationsPerSecond) =>
      [2, 3, 5, 10].map((times) => {
        const needed = (6 * informationBound({ threshold, times })) / ((operationsPerSecond * WINDOW_MS) / 1000)
        const windows = Math.max(PHASE, Math.ceil(needed))
        return {
          kind: 'errors',
          threshold,
          times,
          operationsPerSecond,
          windows,
          runs: times < 5 ? 1_000 : 5_000,
        } as const
      }),
    ),
  )
}

function latencyCells(): readonly Cell[] {
  return [1, 2].flatMap((sigma) =>
    [1, 1.1, 1.3, 1.6, 2].map((times) => {
      return { kind: 'latency', times, sigma, operationsPerSecond: 1, windows: PHASE, runs: 1_000 } as const
    }),
  )
}

function isSmall(cell: Cell): boolean {
  return cell.operationsPerSecond <= 0.1 || (cell.kind === 'latency' && cell.sigma === 1)
}
