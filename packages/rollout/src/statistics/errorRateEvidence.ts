/** Alternatives at 1.5, 1.5², … 1.5⁶ times the odds of the threshold: any rate above it is near one of them. */
export const ALTERNATIVES = 6
const RATIO = 1.5

/**
 * ln of the e-value of one stretch of operations against "the error rate is at most `threshold`": the likelihood ratio of
 * rates above it, averaged over the same alternatives as `ErrorRateTest`, without bets on later starts. For a start that
 * was fixed beforehand it reaches ln(1 / alpha) with probability at most alpha, however often it is looked at (Ville's
 * inequality); of S such starts any one reaches ln(S / alpha) with probability at most alpha (union bound).
 * Source: A. Wald, "Sequential tests of statistical hypotheses", Annals of Mathematical Statistics 16(2), 1945, with the
 * mixture of H. Robbins, "Statistical methods related to the law of the iterated logarithm", AMS 41(5), 1970.
 * Takes 0 < threshold < 1 and whole numbers 0 <= faults <= operations.
 */
export function errorRateEvidence(seen: Readonly<{ operations: number; faults: number; threshold: number }>): number {
  const { operations, faults, threshold } = seen
  let evidence = -Infinity
  for (let index = 0; index < ALTERNATIVES; index++) {
    const { onFault, onSuccess } = logFactors(threshold, index)
    evidence = logSum(evidence, faults * onFault + (operations - faults) * onSuccess)
  }
  return evidence - Math.log(ALTERNATIVES)
}

/** What a fault and a success do to the bet on one alternative. Odds instead of rates: a rate times 1.5⁶ may pass 1. */
export function logFactors(threshold: number, index: number): { onFault: number; onSuccess: number } {
  const ratio = RATIO ** (index + 1)
  const onSuccess = -Math.log1p((ratio - 1) * threshold)
  return { onFault: Math.log(ratio) + onSuccess, onSuccess }
}

/** ln(e^left + e^right), without leaving the range of doubles. */
export function logSum(left: number, right: number): number {
  const [low, high] = left < right ? [left, right] : [right, left]
  return high + Math.log1p(Math.exp(low - high))
}
