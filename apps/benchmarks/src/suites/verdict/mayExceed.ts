import type { FaultStream } from './FaultStream.ts'

/** Odds of the alternatives that the engine's test bets on, over those of the threshold. */
const ODDS = [1.5, 1.5 ** 2, 1.5 ** 3, 1.5 ** 4, 1.5 ** 5, 1.5 ** 6]

/**
 * Whether the engine's sequential test could reach ln(1 / alpha) anywhere in the stream: a bound that is cheap and never
 * too low, so that the test itself, a hundred times dearer, need not run where it cannot. At most 0.9 of the wealth is
 * bet at the start and 0.1 on later starts, of which none does better than the best, which Page's cumulative sum finds.
 */
export function mayExceed({ operations, faults, threshold }: FaultStream, alpha: number): boolean {
  const onSuccess = ODDS.map((odds) => -Math.log1p((odds - 1) * threshold))
  const onFault = ODDS.map((odds, index) => Math.log(odds) + (onSuccess[index] as number))
  const [fromStart, fromBest] = [new Float64Array(ODDS.length), new Float64Array(ODDS.length)]
  const limit = 0.999 / alpha
  const near = Math.log(limit) - 1
  for (let window = 0; window < operations.length; window++) {
    const failed = faults[window] as number
    const succeeded = (operations[window] as number) - failed
    let highest = 0
    for (let index = 0; index < ODDS.length; index++) {
      const gain = failed * (onFault[index] as number) + succeeded * (onSuccess[index] as number)
      fromStart[index] = (fromStart[index] as number) + gain
      fromBest[index] = Math.max(0, fromBest[index] as number) + gain
      if ((fromBest[index] as number) > highest) highest = fromBest[index] as number
    }
    // The sum from the best start is never below that from the first, so one look at it is enough.
    if (highest > near && 0.9 * meanOfExp(fromStart) + 0.1 * meanOfExp(fromBest) + 0.1 >= limit) return true
  }
  return false
}

function meanOfExp(logs: Float64Array): number {
  let sum = 0
  for (const log of logs) sum += Math.exp(log)
  return sum / logs.length
}
