import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { errorRateUpperBound } from './errorRateUpperBound.ts'
import { minimumSamples } from './minimumSamples.ts'

describe('minimumSamples', () => {
  it.each([
    // Success-run tables: operations without a fault.
    [0.1, 0.9, 22],
    [0.1, 0.95, 29],
    [0.05, 0.95, 59],
    [0.05, 0.99, 90],
    [0.01, 0.95, 299],
    [0.01, 0.99, 459],
  ])('below %d at the confidence %d takes %d operations without a fault', (limit, confidence, samples) => {
    expect(minimumSamples(limit, { confidence })).toBe(samples)
  })

  it.each([
    // Wilks' numbers for 95 % / 95 %.
    [1, 93],
    [2, 124],
    [3, 153],
    [4, 181],
  ])('with %d faults, below 5 % takes %d operations', (faults, samples) => {
    expect(minimumSamples(0.05, { faults })).toBe(samples)
  })

  it('for the gate of the first phase, below 0.5 %, is just under the 600 of the rule of three', () => {
    expect(minimumSamples(0.005)).toBe(598)
  })

  it('is the first number at which the upper bound is within the limit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.nat(30), (limit, faults) => {
        const operations = minimumSamples(limit, { faults })
        expect(errorRateUpperBound({ operations, faults })).toBeLessThanOrEqual(limit * (1 + 1e-9))
        expect(errorRateUpperBound({ operations: operations - 1, faults })).toBeGreaterThan(limit)
      }),
    )
  })

  it('refuses what is no share and no count', () => {
    expect(() => minimumSamples(0)).toThrow(RangeError)
    expect(() => minimumSamples(1)).toThrow(RangeError)
    expect(() => minimumSamples(0.01, { confidence: 1 })).toThrow(RangeError)
    expect(() => minimumSamples(0.01, { faults: -1 })).toThrow(RangeError)
  })
})
