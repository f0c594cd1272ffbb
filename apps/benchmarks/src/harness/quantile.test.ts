import { describe, expect, it } from 'vitest'

import { median, quantile } from './quantile.ts'

describe('a quantile', () => {
  it('is interpolated between neighbours, whatever the order', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([10, 9, 100])).toBe(10)
    expect(quantile([7], 0.9)).toBe(7)
  })

  it('of nothing does not exist', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})
