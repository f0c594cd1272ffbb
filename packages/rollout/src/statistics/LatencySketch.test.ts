import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { LatencySketch } from './LatencySketch.ts'

/** Spread evenly over the orders of magnitude, from 1 µs to 1 h. */
const durationMs = fc
  .double({ min: 0, max: Math.log(3.6e9), noNaN: true })
  .map((log) => Math.min(3.6e6, Math.max(0.001, Math.exp(log) / 1000)))
const durations = fc.array(durationMs, { minLength: 1, maxLength: 60 })

function sketchOf(values: readonly number[]): LatencySketch {
  const sketch = new LatencySketch()
  for (const value of values) sketch.record(value)
  return sketch
}

/** Counts exactly, sums up to rounding. */
function agree(left: LatencySketch, right: LatencySketch): boolean {
  const [a, b] = [left.toJSON(), right.toJSON()]
  const sameCounts =
    JSON.stringify([a.buckets, a.counts, left.count]) === JSON.stringify([b.buckets, b.counts, right.count])
  return sameCounts && a.sums.every((sum, index) => Math.abs(sum - b.sums[index]!) <= 1e-12 * Math.abs(sum))
}

describe('quantiles', () => {
  it('are within 2 % of the exact value at every rank', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const exact = values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))]!
        const estimate = sketchOf(values).quantile(q)!
        expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(0.02 * exact)
      }),
      { numRuns: 1000 },
    )
  })

  it('are within 2 % around every bucket bound', () => {
    for (let bucket = 0; bucket < 562; bucket++) {
      for (const nudge of [1 - 1e-12, 1, 1 + 1e-12]) {
        const value = Math.min(3.6e6, Math.max(0.001, (1.04 ** bucket * nudge) / 1000))
        expect(Math.abs(sketchOf([value]).quantile(0.5)! / value - 1)).toBeLessThanOrEqual(0.02)
      }
    }
  })

  it('are undefined when nothing was recorded, and refused outside 0 to 1', () => {
    expect(new LatencySketch().quantile(0.5)).toBeUndefined()
    expect(new LatencySketch().meanMs).toBeUndefined()
    expect(() => new LatencySketch().quantile(1.1)).toThrow(RangeError)
    expect(() => new LatencySketch().quantile(Number.NaN)).toThrow(RangeError)
  })
})

describe('sums', () => {
  it('give the exact mean of values and of logarithms', () => {
    const { count, sum, sumSquares, sumLogs, sumSquaredLogs } = sketchOf([1, 4]).sums
    expect([count, sum, sumSquares]).toEqual([2, 5000, 17e6])
    expect(sumLogs).toBeCloseTo(Math.log(4e6), 12)
    expect(sumSquaredLogs).toBeCloseTo(Math.log(1000) ** 2 + Math.log(4000) ** 2, 12)
    expect(sketchOf([1, 4]).meanMs).toBe(2.5)
  })
})

describe('what is out of range', () => {
  it('counts as 1 µs or 1 h', () => {
    expect(sketchOf([0, -5, 1e-9, Number.NEGATIVE_INFINITY]).toJSON()).toEqual(
      sketchOf([0.001, 0.001, 0.001, 0.001]).toJSON(),
    )
    expect(sketchOf([1e9, Number.POSITIVE_INFINITY]).toJSON()).toEqual(sketchOf([3.6e6, 3.6e6]).toJSON())
  })

  it('is left out when it is no number', () => {
    expect(sketchOf([Number.NaN]).count).toBe(0)
  })
})

describe('merging', () => {
  it('equals recording everything in one', () => {
    fc.assert(
      fc.property(durations, durations, (left, right) => {
        expect(agree(sketchOf(left).merge(sketchOf(right)), sketchOf([...left, ...right]))).toBe(true)
      }),
    )
  })

  it('does not depend on order or grouping, and changes neither side', () => {
    fc.assert(
      fc.property(durations, durations, durations, (a, b, c) => {
        const [first, second, third] = [sketchOf(a), sketchOf(b), sketchOf(c)]
        expect(first.merge(second).toJSON()).toEqual(second.merge(first).toJSON())
        expect(agree(first.merge(second).merge(third), first.merge(second.merge(third)))).toBe(true)
        expect(first.toJSON()).toEqual(sketchOf(a).toJSON())
      }),
    )
  })
})

describe('written as JSON', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(durationMs, { maxLength: 60 }), (values) => {
        const sketch = sketchOf(values)
        const read = LatencySketch.fromJSON(JSON.parse(JSON.stringify(sketch)))
        expect(read!.toJSON()).toEqual(sketch.toJSON())
        expect(read!.count).toBe(values.length)
      }),
    )
  })

  const good = sketchOf([1, 2, 2]).toJSON()
  it.each([
    ['nothing', null],
    ['a text', 'sketch'],
    ['an array', [good]],
    ['another layout', { ...good, layout: 'log-1.05-us' }],
    ['buckets that are no list', { ...good, buckets: 'ab' }],
    ['lists of two lengths', { ...good, counts: [1] }],
    ['buckets out of order', { ...good, buckets: good.buckets.toReversed() }],
    ['a bucket twice', { ...good, buckets: [good.buckets[0], good.buckets[0]] }],
    ['a negative bucket', { ...good, buckets: [-1, good.buckets[1]] }],
    ['a bucket beyond the last', { ...good, buckets: [good.buckets[0], 563] }],
    ['half a bucket', { ...good, buckets: [0.5, good.buckets[1]] }],
    ['a negative count', { ...good, counts: [-1, 2] }],
    ['an empty bucket', { ...good, counts: [0, 2] }],
    ['half a count', { ...good, counts: [0.5, 2] }],
    ['counts beyond 2^53 together', { ...good, counts: [Number.MAX_SAFE_INTEGER, 2] }],
    ['a missing sum', { ...good, sums: good.sums.slice(1) }],
    ['a sum that is null', { ...good, sums: [null, 1, 1, 1] }],
    ['a sum above its buckets', { ...good, sums: [good.sums[0] * 2, ...good.sums.slice(1)] }],
    ['logarithms below their buckets', { ...good, sums: [good.sums[0], good.sums[1], 0, good.sums[3]] }],
  ])('is refused with %s', (_what, value) => {
    expect(LatencySketch.fromJSON(value)).toBeUndefined()
  })
})

describe('cost', () => {
  it('is fixed: a million values take as many buckets as the range has, at most', () => {
    const sketch = new LatencySketch()
    for (let index = 0; index < 1_000_000; index++) sketch.record(1.000_03 ** index / 1000)
    expect(sketch.count).toBe(1_000_000)
    expect(sketch.toJSON().buckets.length).toBeLessThanOrEqual(563)
  })
})

describe('add', () => {
  const sketchOf = (durations: readonly number[]) => {
    const sketch = new LatencySketch()
    for (const duration of durations) sketch.record(duration)
    return sketch
  }

  it('adds a stored sketch in place, as merging does', () => {
    const [one, other] = [sketchOf([1, 20, 300]), sketchOf([20, 5000])]
    const merged = one.merge(other).toJSON()
    expect(one.add(other.toJSON())).toBe(true)
    expect(one.toJSON()).toEqual(merged)
    expect(one.count).toBe(5)
  })

  it.each([undefined, 'no sketch', { layout: 'another' }])('says so of %j, and changes nothing', (value) => {
    const sketch = sketchOf([1, 2])
    const before = sketch.toJSON()
    expect(sketch.add(value)).toBe(false)
    expect(sketch.toJSON()).toEqual(before)
  })
})
