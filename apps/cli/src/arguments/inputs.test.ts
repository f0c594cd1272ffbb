import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countInput, percentageInput } from './inputs.ts'

describe('a percentage', () => {
  it.each([
    ['25', 2500],
    ['2.5', 250],
    ['2,5', 250],
    ['100%', 10_000],
    ['0', 0],
    ['33.33 %', 3333],
  ])('%s is %i basis points', (typed, bps) => {
    expect(percentageInput.parse(typed)).toBe(bps)
  })

  it.each(['101', '100.01', '-1', '2.555', '', 'ten', '1e2', '0x10', '٢٥'])('%s is refused', (typed) => {
    expect(percentageInput.safeParse(typed).success).toBe(false)
  })

  it('with two decimals is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (bps) => {
        expect(percentageInput.parse((bps / 100).toFixed(2))).toBe(bps)
      }),
    )
  })
})

describe('a count', () => {
  it.each(['0', '-1', '1.5', '100001', 'all'])('%s is refused', (typed) => {
    expect(countInput.safeParse(typed).success).toBe(false)
  })
})
