import { describe, expect, it } from 'vitest'

import { errorRateUpperBound } from './errorRateUpperBound.ts'

describe('errorRateUpperBound', () => {
  it.each([
    // R. Newcombe, Statistics in Medicine 17 (1998), table I, exact method, upper end of the two-sided 95 % interval.
    [81, 263, 0.3676],
    [15, 148, 0.1617],
    [0, 20, 0.1684],
    [1, 29, 0.1776],
  ])('of %d in %d is the published %d', (faults, operations, bound) => {
    expect(errorRateUpperBound({ operations, faults }, 0.975)).toBeCloseTo(bound, 4)
  })

  it('of no fault is close to three over the operations, the rule of three', () => {
    expect(errorRateUpperBound({ operations: 10_000, faults: 0 }) * 10_000).toBeCloseTo(3, 1)
    expect(errorRateUpperBound({ operations: 59, faults: 0 })).toBeLessThan(0.05)
    expect(errorRateUpperBound({ operations: 58, faults: 0 })).toBeGreaterThan(0.05)
  })

  it('is 1 when nothing is known or everything failed', () => {
    expect(errorRateUpperBound({ operations: 0, faults: 0 })).toBe(1)
    expect(errorRateUpperBound({ operations: 5, faults: 5 })).toBe(1)
  })

  it('lies just above the rate when there are millions of operations', () => {
    // Normal approximation: 0.005 + 1.645 · √(0.005 · 0.995 / 10⁷).
    expect(errorRateUpperBound({ operations: 10_000_000, faults: 50_000 })).toBeCloseTo(0.0050367, 6)
  })

  it.each([
    [{ operations: 1, faults: 2 }, 0.95],
    [{ operations: 1, faults: -1 }, 0.95],
    [{ operations: 1.5, faults: 1 }, 0.95],
    [{ operations: 10, faults: 1 }, 1],
  ])('refuses %o at %d', (counts, confidence) => {
    expect(() => errorRateUpperBound(counts, confidence)).toThrow(RangeError)
  })
})
