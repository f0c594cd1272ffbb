import { binomialTail } from './binomialTail.ts'

/**
 * The highest error rate that `faults` in `operations` still leave possible, one-sided, at a confidence (0.95 by
 * default): never exceeded by the true rate more often than 1 - confidence. 1 without operations. It holds for one look
 * at a number of operations fixed beforehand, as a gate does at the end of its phase; on every tick use `ErrorRateTest`.
 * Source: C. Clopper and E. Pearson, Biometrika 26(4), 1934.
 * @throws RangeError unless both are whole numbers with 0 <= faults <= operations, and 0 < confidence < 1.
 */
export function errorRateUpperBound(
  { operations, faults }: Readonly<{ operations: number; faults: number }>,
  confidence = 0.95,
): number {
  if (!Number.isSafeInteger(operations) || !Number.isSafeInteger(faults) || faults < 0 || faults > operations) {
    throw new RangeError(`${faults} faults of ${operations} operations: impossible`)
  }
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence} is not between 0 and 1`)
  if (faults === operations) return 1
  let [low, high] = [faults / operations, 1]
  // 60 halvings are more than a double can tell apart, and far fewer are needed for a large bound.
  for (let step = 0; step < 60 && high - low > high * 1e-14; step++) {
    const middle = (low + high) / 2
    if (binomialTail(faults, operations, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}
