import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fullJitterBackoffMs } from './fullJitterBackoffMs.ts'

const limits = { initialBackoffMs: 50, maxBackoffMs: 5_000 }
const most = (failures: number) => fullJitterBackoffMs(failures, limits, () => 1)

describe('fullJitterBackoffMs', () => {
  it('doubles its ceiling with every failure, up to the limit', () => {
    expect([1, 2, 3, 7, 8, 5_000].map(most)).toEqual([50, 100, 200, 3_200, 5_000, 5_000])
  })

  it('waits as after the first failure where none has been counted', () => {
    expect(most(0)).toBe(50)
  })

  it('takes a uniform share of the ceiling', () => {
    const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.nat(100), share, (failures, random) => {
        expect(fullJitterBackoffMs(failures, limits, () => random)).toBe(random * most(failures))
      }),
    )
  })
})
