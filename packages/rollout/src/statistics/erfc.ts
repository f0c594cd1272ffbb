const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI)

/**
 * The complementary error function with a relative error below 1e-12, in the far tail too, where `1 - erf(x)` would be
 * nothing but rounding. Source: Abramowitz and Stegun 7.1.6 (series) and 7.1.14 (continued fraction).
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  return x < 2 ? 1 - erfBySeries(x) : Math.exp(-x * x) * scaledByFraction(x)
}

/** `exp(x²) · erfc(x)` for x >= 0, which stays away from 0 where `erfc` underflows (x > 26). */
export function scaledErfc(x: number): number {
  return x < 2 ? Math.exp(x * x) * (1 - erfBySeries(x)) : scaledByFraction(x)
}

/** All terms have one sign, so nothing cancels. */
function erfBySeries(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum
}

/** Evaluated from the inside out; 120 levels reach full precision from x = 2 on. */
function scaledByFraction(x: number): number {
  let tail = x
  for (let level = 120; level > 0; level--) tail = x + level / 2 / tail
  return TWO_OVER_ROOT_PI / 2 / tail
}
