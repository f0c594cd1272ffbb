import { describe, expect, it } from 'vitest'

import { binomialTail } from './binomialTail.ts'

/** Pascal's triangle row by row: slow, and right without any logarithm. */
function byConvolution(faults: number, operations: number, rate: number): number {
  let row = [1]
  for (let operation = 0; operation < operations; operation++) {
    row = [...row, 0].map((one, index) => one * (1 - rate) + (row[index - 1] ?? 0) * rate)
  }
  return row.slice(0, faults + 1).reduce((sum, one) => sum + one, 0)
}

describe('binomialTail', () => {
  it('equals the sum over all outcomes, on both sides of the mean', () => {
    for (const operations of [1, 5, 40]) {
      for (const rate of [0.003, 0.2, 0.5, 0.97]) {
        for (let faults = 0; faults <= operations; faults++) {
          expect(binomialTail(faults, operations, rate)).toBeCloseTo(byConvolution(faults, operations, rate), 12)
        }
      }
    }
  })

  it('is about a half at the mean of ten million operations', () => {
    expect(binomialTail(50_000, 10_000_000, 0.005)).toBeCloseTo(0.5, 2)
    expect(binomialTail(50_670, 10_000_000, 0.005)).toBeCloseTo(0.99866, 4)
  })

  it('knows the edges', () => {
    expect(binomialTail(3, 10, 0)).toBe(1)
    expect(binomialTail(3, 10, 1)).toBe(0)
    expect(binomialTail(10, 10, 1)).toBe(1)
  })
})
