import { describe, expect, it } from 'vitest'

import { seededRandom } from '../statistics/seededRandom.ts'
import { binomial } from './binomial.ts'
import { poisson } from './poisson.ts'
import { standardNormal } from './standardNormal.ts'

const DRAWS = 40_000

function momentsOf(draw: (random: () => number) => number): Readonly<{ mean: number; variance: number }> {
  const random = seededRandom(11)
  const values = Array.from({ length: DRAWS }, () => draw(random))
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS }
}

describe('draws have the mean and the variance of their distribution', () => {
  it.each([0, 0.2, 3, 60])('Poisson with mean %d', (mean) => {
    const moments = momentsOf((random) => poisson(mean, random))
    expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean / DRAWS))
    expect(Math.abs(moments.variance - mean)).toBeLessThanOrEqual(0.05 * mean)
  })

  it.each([
    [10, 0],
    [10, 0.01],
    [100, 0.3],
    [100, 0.9],
    [7, 1],
  ])('binomial of %d with share %d', (count, share) => {
    const variance = count * share * (1 - share)
    const moments = momentsOf((random) => binomial(count, share, random))
    expect(Math.abs(moments.mean - count * share)).toBeLessThanOrEqual(5 * Math.sqrt(variance / DRAWS))
    expect(Math.abs(moments.variance - variance)).toBeLessThanOrEqual(0.06 * variance)
  })

  it('standard normal', () => {
    const { mean, variance } = momentsOf(standardNormal)
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(DRAWS))
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })
})
