import { describe, expect, it } from 'vitest'

import { monotonicTrend } from './monotonicTrend.ts'
import { seededRandom } from './seededRandom.ts'

const series = (values: readonly number[]) => values.map((y, x) => ({ x, y }))
const noise = (random: () => number) => random() + random() + random() - 1.5

describe('monotonicTrend', () => {
  it('finds slope and start of a line exactly, outliers notwithstanding', () => {
    const values = Array.from({ length: 41 }, (_, x) => 5 + 2 * x)
    values[3] = 1e6
    values[30] = -1e6
    const { slope, start, pValue } = monotonicTrend(series(values))
    expect([slope, start]).toEqual([2, 5])
    expect(pValue).toBeLessThan(1e-9)
  })

  it('agrees with Mann–Kendall by hand: S = 8 of n = 5 without ties', () => {
    // 1 2 4 3 5: nine rising pairs, one falling. Variance 5·4·15/18 = 16.67, z = 7/4.08 = 1.7146, p = 0.0432.
    expect(monotonicTrend(series([1, 2, 4, 3, 5])).pValue).toBeCloseTo(0.0432, 4)
  })

  it('counts ties: S = 2 of 2 2 2 3 with variance (4·3·13 - 3·2·11)/18 = 5', () => {
    // Three rising pairs and three ties: z = 2/√5 = 0.8944, p = 0.1855.
    expect(monotonicTrend(series([2, 2, 2, 3])).pValue).toBeCloseTo(0.1855, 4)
  })

  it.each([[[]], [[7]], [[7, 7, 7]]])('finds none in %j', (values) => {
    expect(monotonicTrend(series(values))).toMatchObject({ slope: 0, pValue: 1 })
  })

  it('calls noise rising no more often than the p-value says', () => {
    const random = seededRandom(3)
    const runs = Array.from({ length: 1000 }, () =>
      monotonicTrend(series(Array.from({ length: 30 }, () => noise(random)))),
    )
    const alarms = runs.filter(({ pValue }) => pValue < 0.05).length
    expect(alarms).toBeGreaterThan(25)
    expect(alarms).toBeLessThan(75)
  })
})
