import type { ErrorRule } from '../FaultStream.ts'
import { perMinute } from './perMinute.ts'

/** The 95 % point of the standard normal distribution. */
const CRITICAL = 1.6449
/** The customary condition for the normal approximation. */
const LEAST_EXPECTED = 5

/**
 * The textbook's one-sided test of a proportion at 5 %, with continuity correction, on all operations so far: valid for
 * one look at a number fixed beforehand, and looked at every minute all the same.
 */
export const peekedTest: ErrorRule = (stream) => {
  const { threshold } = stream
  let [all, failed] = [0, 0]
  return perMinute(stream, (operations, faults) => {
    all += operations
    failed += faults
    const expected = all * threshold
    return (
      expected >= LEAST_EXPECTED && failed - 0.5 - expected > CRITICAL * Math.sqrt(all * threshold * (1 - threshold))
    )
  })
}
