import { seededRandom } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { poissonSampler } from './poissonSampler.ts'

const DRAWS = 200_000

describe('a Poisson sampler', () => {
  it.each([0, 0.002, 0.2, 4, 90, 1000])('has the mean and the variance of mean %d', (mean) => {
    const draw = poissonSampler(mean, seededRandom(7))
    const values = Array.from({ length: DRAWS }, draw)
    const average = values.reduce((sum, value) => sum + value, 0) / DRAWS
    const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / DRAWS
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(5 * Math.sqrt(mean / DRAWS))
    expect(Math.abs(variance - mean)).toBeLessThanOrEqual(mean < 0.1 ? 0.25 * mean : 0.03 * mean)
  })

  it('draws each count as often as it should', () => {
    const draw = poissonSampler(2, seededRandom(8))
    const counts = new Float64Array(30)
    for (let run = 0; run < DRAWS; run++) counts[draw()]!++
    let expected = Math.exp(-2)
    for (let count = 0; count < 8; count++) {
      expect(Math.abs(counts[count]! / DRAWS - expected)).toBeLessThan(5 * Math.sqrt(expected / DRAWS))
      expected *= 2 / (count + 1)
    }
  })
})
