/** Half the tail of a two-sided interval at 98 %. */
const Z = 2.3263
const TOLERANCE = 0.25
/** The effect that a canary configuration has to name for "50 % worse" to be critical: `allowedIncrease`. */
const ALLOWED_INCREASE = 1.5

/**
 * Kayenta's judge on one metric: "High" when the lower bound of the Mann–Whitney interval (98 %) of the shift lies above a
 * quarter of the Hodges–Lehmann estimate, and the ratio of means is at least the allowed increase. The bound is an order
 * statistic of all pairwise differences, which is where Kayenta's root search ends.
 * Source: spinnaker/kayenta, kayenta-judge, MannWhitney.scala, MannWhitneyClassifier.scala (NetflixACAJudge-v1.0).
 */
export function isHigh(experiment: readonly number[], control: readonly number[]): boolean {
  if (meanOf(experiment) < ALLOWED_INCREASE * meanOf(control)) return false
  const differences = new Float64Array(experiment.length * control.length)
  let index = 0
  for (const one of experiment) for (const other of control) differences[index++] = one - other
  differences.sort()
  const [m, n] = [experiment.length, control.length]
  const rank = Math.floor((m * n) / 2 - Z * Math.sqrt((m * n * (m + n + 1)) / 12))
  const estimate = differences[Math.floor(differences.length / 2)] as number
  const lowerBound = differences[Math.max(0, rank)] as number
  return lowerBound > TOLERANCE * Math.abs(estimate)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
