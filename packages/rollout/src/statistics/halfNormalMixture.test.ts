import { describe, expect, it } from 'vitest'

import { halfNormalBoundary, halfNormalEvidence } from './halfNormalMixture.ts'

/** The mixture by plain numerical integration over drifts up to eight spreads. */
function integrated(excess: number, information: number): number {
  const [steps, most] = [200_000, 8 * 0.3]
  let sum = 0
  for (let step = 0; step < steps; step++) {
    const drift = ((step + 0.5) * most) / steps
    const density = (Math.sqrt(2 / Math.PI) / 0.3) * Math.exp(-(drift ** 2) / (2 * 0.3 ** 2))
    sum += density * Math.exp(drift * information * excess - (drift ** 2 * information) / 2) * (most / steps)
  }
  return Math.log(sum)
}

describe('halfNormalEvidence', () => {
  it.each([
    [0.3, 50],
    [0.05, 1000],
    [0, 100],
    [-0.1, 100],
    [-1, 100],
    [0.5, 0.1],
  ])('is the logarithm of the mixture integral at excess %d, information %d', (excess, information) => {
    expect(halfNormalEvidence(excess, information)).toBeCloseTo(integrated(excess, information), 6)
  })

  it('stays a finite number far below 0', () => {
    expect(halfNormalEvidence(-10, 1e8)).toBeLessThan(-10)
    expect(Number.isFinite(halfNormalEvidence(-10, 1e8))).toBe(true)
  })
})

describe('halfNormalBoundary', () => {
  it.each([0.01, 1, 100, 1e6])('is where the evidence reaches the limit, at information %d', (information) => {
    const boundary = halfNormalBoundary(information, 0.001)
    expect(halfNormalEvidence(boundary, information)).toBeCloseTo(Math.log(1000), 9)
  })

  it('is no wider than the closed form of arXiv:2103.06476, and hardly narrower', () => {
    for (const information of [10, 1000, 1e6]) {
      const spread = 1 + 0.09 * information
      const closed = Math.sqrt((2 * spread * Math.log1p(Math.sqrt(spread) / 0.002)) / (0.09 * information ** 2))
      expect(halfNormalBoundary(information, 0.001) / closed).toBeLessThanOrEqual(1)
      expect(halfNormalBoundary(information, 0.001) / closed).toBeGreaterThan(0.99)
    }
  })
})
