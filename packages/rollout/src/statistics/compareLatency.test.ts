import { describe, expect, it } from 'vitest'

import { compareLatency, type LatencyComparison } from './compareLatency.ts'
import { LatencySketch } from './LatencySketch.ts'
import { seededRandom } from './seededRandom.ts'

type Scenario = { times: number; migratedShare: number; sigma: number; random: () => number }

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random())
}

/** Log-normal around 50 ms, looked at after every 100 operations. Gives the operations until "worse". */
function operationsToAlarm({ times, migratedShare, sigma, random }: Scenario, most: number): number | undefined {
  const [migrated, legacy] = [new LatencySketch(), new LatencySketch()]
  for (let operation = 1; operation <= most; operation++) {
    const isMigrated = random() < migratedShare
    const durationMs = 50 * Math.exp(sigma * normal(random))
    if (isMigrated) migrated.record(durationMs * times)
    else legacy.record(durationMs)
    if (operation % 100 === 0 && compareLatency({ migrated, legacy }).worse) return operation
  }
  return undefined
}

function alarms(runs: number, most: number, scenario: Scenario): readonly number[] {
  return Array.from({ length: runs }, () => operationsToAlarm(scenario, most)).filter((one) => one !== undefined)
}

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch()
  for (const value of values) sketch.record(value)
  return sketch
}

function logNormals(count: number, scale: number, seed: number): readonly number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => scale * Math.exp(normal(random)))
}

describe('a service within the factor is not called worse', () => {
  it.each([
    [1, 0.1],
    [1, 0.5],
    [1.1, 0.1],
    [1.1, 0.5],
    [1.3, 0.1],
    [1.3, 0.5],
  ])('%d times legacy with a share of %d: 40 runs of 10,000 operations', (times, migratedShare) => {
    expect(alarms(40, 10_000, { times, migratedShare, sigma: 1, random: seededRandom(1) })).toEqual([])
  })

  it.each([
    [1, 0.5],
    [1.5, 0.5],
    [1, 0.9],
  ])('even at exactly the factor, with a tail of sigma %d and a share of %d', (sigma, migratedShare) => {
    expect(alarms(40, 10_000, { times: 1.5, migratedShare, sigma, random: seededRandom(6) })).toEqual([])
  })

  it('at the factor while the slowest of few legacy calls have not been seen yet', () => {
    const scenario = { times: 1.5, migratedShare: 0.9, sigma: 1.5, random: seededRandom(12) }
    expect(alarms(200, 5000, scenario)).toEqual([])
  })
})

describe('a worse service is called worse', () => {
  it.each([
    [2, 0.5, 5000],
    [2, 0.1, 15_000],
    [3, 0.1, 5000],
  ])('%d times legacy with a share of %d: always within %d operations', (times, migratedShare, most) => {
    expect(alarms(40, most, { times, migratedShare, sigma: 1, random: seededRandom(2) })).toHaveLength(40)
  })

  it('at 1.6 times legacy, seven hundredths over the factor, within 100,000 operations', () => {
    const found = alarms(8, 100_000, { times: 1.6, migratedShare: 0.5, sigma: 1, random: seededRandom(3) })
    expect(found).toHaveLength(8)
  })

  it('when its calls have two modes, as those of a cache have', () => {
    const bimodal = (scale: number, seed: number) =>
      sketchOf(logNormals(20_000, scale, seed).map((value, index) => (index % 2 === 0 ? value / 1000 : value)))
    expect(compareLatency({ migrated: bimodal(100, 1), legacy: bimodal(50, 2) }).worse).toBe(true)
  })

  it('when only its slowest calls became slower, which the geometric mean hardly shows', () => {
    const legacy = logNormals(20_000, 50, 1)
    const migrated = logNormals(20_000, 50, 2).map((value, index) => (index % 20 === 0 ? value * 40 : value))
    const result = compareLatency({ migrated: sketchOf(migrated), legacy: sketchOf(legacy) })
    expect(result.worse).toBe(true)
    expect(result.geometricMeanRatio).toBeLessThan(1.3)
    expect(result.p95Ratio).toBeGreaterThan(1)
  })
})

describe('what is reported', () => {
  const legacy = sketchOf(logNormals(20_000, 50, 1))
  const migrated = sketchOf(logNormals(20_000, 60, 2))

  it('has the ratio of means, of geometric means and of p95, and bounds around the first', () => {
    const result = compareLatency({ migrated, legacy })
    expect(Math.abs(result.ratio! / 1.2 - 1)).toBeLessThan(0.06)
    expect(Math.abs(result.geometricMeanRatio! / 1.2 - 1)).toBeLessThan(0.04)
    // Two sketches at 2 % each, besides the spread of two sampled quantiles.
    expect(Math.abs(result.p95Ratio! / 1.2 - 1)).toBeLessThan(0.04 + 0.06)
    expect(result.lowerBound).toBeLessThan(result.ratio!)
    expect(result.upperBound).toBeGreaterThan(result.ratio!)
    expect(result.upperBound).toBeLessThan(1.4)
    expect(result).toMatchObject({ limit: Math.log(1000), enough: true, worse: false })
  })

  it('is worse exactly when the lower bound has passed the factor', () => {
    const { lowerBound } = compareLatency({ migrated, legacy })
    const at = (factor: number) => compareLatency({ migrated, legacy }, { factor }).worse
    expect([at(lowerBound * 0.9999), at(lowerBound * 1.0001)]).toEqual([true, false])
  })

  it('holds the true ratio at every look, as often as promised', () => {
    const random = seededRandom(9)
    let missed = 0
    for (let run = 0; run < 100; run++) {
      const [one, other] = [new LatencySketch(), new LatencySketch()]
      let outside = false
      for (let operation = 1; operation <= 3000; operation++) {
        one.record(60 * Math.exp(normal(random)))
        other.record(50 * Math.exp(normal(random)))
        if (operation % 100 !== 0) continue
        const bounds: LatencyComparison = compareLatency({ migrated: one, legacy: other }, { alpha: 0.05 })
        outside ||= bounds.lowerBound > 1.2 || bounds.upperBound < 1.2
      }
      if (outside) missed++
    }
    expect(missed).toBeLessThanOrEqual(10)
  })

  it('gives the same verdict from merged windows as from one sketch', () => {
    const values = logNormals(1000, 100, 5)
    const merged = sketchOf(values.slice(0, 300)).merge(sketchOf(values.slice(300)))
    const whole = sketchOf(values)
    expect(compareLatency({ migrated: merged, legacy }).evidence).toBeCloseTo(
      compareLatency({ migrated: whole, legacy }).evidence,
      9,
    )
  })
})

describe('too little is no verdict', () => {
  it('with fewer than 200 operations on one side, however slow they are', () => {
    const slow = sketchOf(logNormals(199, 5000, 1))
    const legacy = sketchOf(logNormals(5000, 50, 2))
    expect(compareLatency({ migrated: slow, legacy })).toMatchObject({
      enough: false,
      worse: false,
      evidence: 0,
      lowerBound: 0,
      upperBound: Number.POSITIVE_INFINITY,
    })
    slow.record(5000)
    expect(compareLatency({ migrated: slow, legacy }).worse).toBe(true)
  })

  it('with nothing at all', () => {
    const nothing = compareLatency({ migrated: new LatencySketch(), legacy: new LatencySketch() })
    expect([nothing.ratio, nothing.geometricMeanRatio, nothing.p95Ratio]).toEqual([undefined, undefined, undefined])
  })

  it('but values without any spread are judged', () => {
    const constant = (value: number) => sketchOf(Array.from({ length: 200 }, () => value))
    expect(compareLatency({ migrated: constant(16), legacy: constant(10) }).worse).toBe(true)
    expect(compareLatency({ migrated: constant(15), legacy: constant(10) }).worse).toBe(false)
  })
})

describe('nonsense is refused', () => {
  it.each([{ factor: 0 }, { alpha: 1 }, { minimumSamples: 1 }, { factor: Number.NaN }])('%o', (options) => {
    const sides = { migrated: new LatencySketch(), legacy: new LatencySketch() }
    expect(() => compareLatency(sides, options)).toThrow(RangeError)
  })
})
