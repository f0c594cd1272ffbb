import { binomialTail } from './binomialTail.ts'

/**
 * How many operations it takes before "the error rate is below `limit`" can be supported at all, with no fault among
 * them or with as many as given: from this many on, `errorRateUpperBound` is at most `limit`. With no fault about
 * 3 / limit at the confidence 0.95 (the rule of three); a gate that has seen less must hold.
 * Source: J. Hanley and A. Lippman-Hand, JAMA 249(13), 1983; with faults S. Wilks, "Determination of sample sizes for
 * setting tolerance limits", Annals of Mathematical Statistics 12, 1941.
 * @throws RangeError unless 0 < limit < 1, 0 < confidence < 1 and faults is a whole number.
 */
export function minimumSamples(
  limit: number,
  { confidence = 0.95, faults = 0 }: Readonly<{ confidence?: number; faults?: number }> = {},
): number {
  if (!(limit > 0 && limit < 1)) throw new RangeError(`limit ${limit} is not between 0 and 1`)
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence} is not between 0 and 1`)
  if (!Number.isSafeInteger(faults) || faults < 0) throw new RangeError(`faults ${faults} is not a whole number`)
  const supports = (operations: number) => binomialTail(faults, operations, limit) <= 1 - confidence
  let high = faults + 1
  while (!supports(high)) high *= 2
  let low = Math.max(faults, Math.floor(high / 2))
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (supports(middle)) high = middle
    else low = middle
  }
  return high
}
