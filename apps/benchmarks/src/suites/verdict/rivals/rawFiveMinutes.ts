import type { ErrorRule } from '../FaultStream.ts'

const SPAN = 30

/** The schedule's words taken literally: the rate of the last five minutes is over the threshold, for five minutes unbroken. */
export const rawFiveMinutes: ErrorRule = ({ operations, faults, threshold }) => {
  let [all, failed, ticks] = [0, 0, 0]
  for (let index = 0; index < operations.length; index++) {
    all += (operations[index] as number) - (operations[index - SPAN] ?? 0)
    failed += (faults[index] as number) - (faults[index - SPAN] ?? 0)
    ticks = failed > threshold * all ? ticks + 1 : 0
    // From the first tick above to one five minutes later, both counted.
    if (ticks > SPAN) return index
  }
  return undefined
}
