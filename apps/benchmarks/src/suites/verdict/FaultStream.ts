import { poissonSampler } from './poissonSampler.ts'

/** As long as the windows of production, and the ticks at which everybody here looks. */
export const WINDOW_MS = 10_000
export const WINDOWS_PER_MINUTE = 6
export const WINDOWS_PER_DAY = 8_640

/** Operations and faults of one phase, window by window. */
export type FaultStream = Readonly<{ threshold: number; operations: Int32Array; faults: Int32Array }>

/** Where a rule rolls back: the index of the window after which it does; undefined where it never does. */
export type ErrorRule = (stream: FaultStream) => number | undefined

type Drawn = Readonly<{ threshold: number; rate: number; operationsPerSecond: number; windows: number }>

/** Operations that arrive at random and fail independently. The buffers are reused by the next call. */
export function faultStreams(cell: Drawn, random: () => number): () => FaultStream {
  const mean = (cell.operationsPerSecond * WINDOW_MS) / 1000
  // Thinned: faults and the others of a Poisson stream are independent Poisson streams.
  const [bad, good] = [mean * cell.rate, mean * (1 - cell.rate)].map((one) => poissonSampler(one, random))
  const [operations, faults] = [new Int32Array(cell.windows), new Int32Array(cell.windows)]
  return () => {
    for (let index = 0; index < cell.windows; index++) {
      faults[index] = (bad as () => number)()
      operations[index] = (good as () => number)() + (faults[index] as number)
    }
    return { threshold: cell.threshold, operations, faults }
  }
}

/** How many operations it took up to and including that window. */
export function operationsUpTo({ operations }: FaultStream, window: number): number {
  let sum = 0
  for (let index = 0; index <= window; index++) sum += operations[index] as number
  return sum
}
