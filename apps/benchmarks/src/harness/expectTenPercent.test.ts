import { describe, expect, it } from 'vitest'

import { expectTenPercent } from './expectTenPercent.ts'

describe('the share of a 10 % rollout', () => {
  it('may lie in 9–11 %', () => {
    expect(() => [1_800, 2_000, 2_200].forEach((hits) => expectTenPercent(hits, 20_000))).not.toThrow()
  })

  it.each([
    ['too few', 1_799, 20_000],
    ['too many', 2_201, 20_000],
    ['nobody asked', 0, 0],
  ])('is wrong elsewhere: %s', (_why, hits, total) => {
    expect(() => expectTenPercent(hits, total)).toThrow('instead of 9–11 %')
  })
})
