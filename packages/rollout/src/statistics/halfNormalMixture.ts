import { scaledErfc } from './erfc.ts'

/**
 * Spread of the drifts that are bet on, as log-ratio. Bets are best placed on what is to be found soon: between a factor
 * 1.5 tolerated and twice as slow lies ln(2 / 1.5) = 0.29.
 */
const DRIFT = 0.3

/**
 * ln of the e-value against "the true excess is at most 0", from an estimate of the excess that is normal with the
 * variance 1 / information. The likelihood ratio exp(θ·I·x - θ²·I/2) averaged over θ ~ |N(0, ρ²)| is
 * 2·Φ(a)·exp(a²/2) / √(1 + ρ²·I) with a = ρ·I·x / √(1 + ρ²·I); for every true excess <= 0 a supermartingale in I.
 * Source: S. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence
 * sequences", Annals of Statistics 49(2), 2021, the one-sided normal mixture.
 */
export function halfNormalEvidence(excess: number, information: number): number {
  const spread = 1 + DRIFT * DRIFT * information
  return logTwoPhi((DRIFT * information * excess) / Math.sqrt(spread)) - Math.log(spread) / 2
}

/** The excess at which the evidence is exactly ln(1 / alpha): the width of a one-sided confidence sequence. */
export function halfNormalBoundary(information: number, alpha: number): number {
  const spread = 1 + DRIFT * DRIFT * information
  const target = Math.log(spread) / 2 - Math.log(alpha)
  return (solve(target) * Math.sqrt(spread)) / (DRIFT * information)
}

/**
 * The a >= 0 with ln(2·Φ(a)·exp(a²/2)) = target. Newton's method from above: the function is convex and rises, so every
 * step stays above the root; its derivative is a + φ(a)/Φ(a).
 */
function solve(target: number): number {
  let a = Math.sqrt(2 * target)
  for (let step = 0; step < 60; step++) {
    const value = logTwoPhi(a)
    // φ(a)/Φ(a) = 2·φ(0) / (2·Φ(a)·exp(a²/2)).
    const next = a - (value - target) / (a + TWO_OVER_ROOT_TWO_PI * Math.exp(-value))
    if (!(next < a)) return a
    a = next
  }
  return a
}

const TWO_OVER_ROOT_TWO_PI = 2 / Math.sqrt(2 * Math.PI)

/** ln(2·Φ(a)·exp(a²/2)). Below 0 both factors leave the range of doubles while their product does not. */
function logTwoPhi(a: number): number {
  const tail = scaledErfc(Math.abs(a) / Math.SQRT2)
  return a < 0 ? Math.log(tail) : (a * a) / 2 + Math.log(2 - tail * Math.exp((-a * a) / 2))
}
