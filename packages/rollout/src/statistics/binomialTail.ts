const LN_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2

/**
 * P(at most `faults` faults in `operations` independent operations of the given rate). Sums away from the mean, where
 * terms shrink, so that a large count costs about as many terms as its standard deviation.
 */
export function binomialTail(faults: number, operations: number, rate: number): number {
  if (faults >= operations || rate <= 0) return 1
  if (rate >= 1) return 0
  const odds = rate / (1 - rate)
  const downwards = faults <= operations * rate
  let count = downwards ? faults : faults + 1
  let term = probability(count, operations, rate)
  let sum = 0
  while (term > sum * 1e-17) {
    sum += term
    term *= downwards ? count / (operations - count + 1) / odds : ((operations - count) / (count + 1)) * odds
    count += downwards ? -1 : 1
  }
  return downwards ? Math.min(1, sum) : Math.max(0, 1 - sum)
}

function probability(count: number, operations: number, rate: number): number {
  const choose = logFactorial(operations) - logFactorial(count) - logFactorial(operations - count)
  return Math.exp(choose + count * Math.log(rate) + (operations - count) * Math.log1p(-rate))
}

/** Stirling's series, Abramowitz and Stegun 6.1.41, shifted up to where five terms are exact to a double. */
function logFactorial(n: number): number {
  let x = n + 1
  let shift = 0
  for (; x < 12; x++) shift += Math.log(x)
  const inverse = 1 / (x * x)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x
  return (x - 0.5) * Math.log(x) - x + LN_ROOT_TWO_PI + series - shift
}
