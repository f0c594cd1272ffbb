import { describe, expect, it } from 'vitest'

import { erfc, scaledErfc } from './erfc.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('erfc', () => {
  it.each([
    [-2, 1.9953222650189528],
    [0.1, 0.8875370839817152],
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [1.5, 0.033894853524689274],
    [2, 0.004677734981047266],
    [2.5, 4.069520174449589e-4],
    [3, 2.2090496998585445e-5],
    [5, 1.5374597944280349e-12],
    [10, 2.088487583762545e-45],
  ])('of %d is the tabulated value', (x, expected) => {
    expect(relativeError(erfc(x), expected)).toBeLessThan(1e-12)
  })

  it('is 1 at 0 and has no step where the method changes', () => {
    expect(erfc(0)).toBe(1)
    expect(relativeError(erfc(2 - 1e-9), erfc(2 + 1e-9))).toBeLessThan(1e-7)
    expect(erfc(2 - 1e-9)).toBeGreaterThan(erfc(2 + 1e-9))
  })
})

describe('scaledErfc', () => {
  it('is erfc times exp(x²)', () => {
    for (const x of [0, 0.3, 1.9, 2.1, 5]) {
      expect(relativeError(scaledErfc(x), Math.exp(x * x) * erfc(x))).toBeLessThan(1e-12)
    }
  })

  it('follows 1 / (x √π) where erfc itself has underflowed', () => {
    expect(erfc(1000)).toBe(0)
    expect(relativeError(scaledErfc(1000), 1 / (1000 * Math.sqrt(Math.PI)))).toBeLessThan(1e-6)
  })
})
