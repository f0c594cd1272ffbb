import { describe, expect, it } from 'vitest'

import { seededRandom, splitMix64, xoshiro128PlusPlus } from './seededRandom.ts'

describe('the generator is a published one', () => {
  it('gives the reference vector of xoshiro128++ from the state 1, 2, 3, 4', () => {
    const next = xoshiro128PlusPlus([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, next)).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
    ])
  })

  it('is seeded by the reference vector of SplitMix64 from 0', () => {
    expect(splitMix64(0n)).toEqual([0x7b1dcdaf, 0xe220a839, 0xa1b965f4, 0x6e789e6a])
  })
})

describe('seededRandom', () => {
  it('repeats itself for the same seed, and only for that', () => {
    const stream = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
    expect(stream(7)).toEqual(stream(7))
    expect(stream(7)).not.toEqual(stream(8))
    expect(stream(-1)).toEqual(stream(-1))
  })

  it('fills [0, 1) evenly', () => {
    const random = seededRandom(3)
    const counts = Array.from({ length: 20 }, () => 0)
    for (let draw = 0; draw < 100_000; draw++) counts[Math.floor(random() * 20)]!++
    const chiSquare = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0)
    // The 99.9th percentile of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(43.82)
    expect(counts).toHaveLength(20)
  })
})
