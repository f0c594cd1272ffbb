import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createErrorRateTest, errorRateVerdict, parseErrorRateTest, updateErrorRateTest } from './ErrorRateTest.ts'
import { seededRandom } from './seededRandom.ts'

type Stream = { rate: number; threshold: number; random: () => number }

/** Operations until the next fault, that one included: as exact as drawing each operation, a hundred times faster. */
function untilFault({ rate, random }: Stream): number {
  return 1 + Math.floor(Math.log1p(-random()) / Math.log1p(-rate))
}

/** Evidence rises at faults only, so that looking there is looking at every operation. */
function operationsToDetection(stream: Stream, most: number, healthy = 0): number | undefined {
  let test = createErrorRateTest({ threshold: stream.threshold })
  if (healthy > 0) test = updateErrorRateTest(test, { operations: healthy, faults: 0 })
  while (test.operations - healthy < most) {
    test = updateErrorRateTest(test, { operations: untilFault(stream), faults: 1 })
    if (errorRateVerdict(test).exceeded) return test.operations - healthy
  }
  return undefined
}

function informationBound({ rate, threshold }: Stream): number {
  const divergence = rate * Math.log(rate / threshold) + (1 - rate) * Math.log((1 - rate) / (1 - threshold))
  return Math.log(1000) / divergence
}

function binomial(count: number, rate: number, random: () => number): number {
  let faults = 0
  for (let operation = 0; operation < count; operation++) if (random() < rate) faults++
  return faults
}

describe('a service at its threshold is not called worse', () => {
  it.each([0.01, 0.003])('in 200 runs of 50,000 operations at exactly %d, looked at after every operation', (rate) => {
    const random = seededRandom(2025)
    const alarms = Array.from({ length: 200 }, () =>
      operationsToDetection({ rate, threshold: rate, random }, 50_000),
    ).filter((operations) => operations !== undefined)
    expect(alarms).toEqual([])
  })

  it('more often than alpha, when alpha is large enough to be seen', () => {
    const random = seededRandom(5)
    let alarms = 0
    for (let run = 0; run < 1000; run++) {
      let test = createErrorRateTest({ threshold: 0.02, alpha: 0.1 })
      while (test.operations < 10_000) {
        test = updateErrorRateTest(test, {
          operations: untilFault({ rate: 0.02, threshold: 0.02, random }),
          faults: 1,
        })
      }
      if (errorRateVerdict(test).exceeded) alarms++
    }
    // Alarms do happen (the test has power), and at most a tenth of the runs has one.
    expect(alarms).toBeGreaterThan(10)
    expect(alarms).toBeLessThan(100)
  })

  it('when whole windows of changing size arrive at once', () => {
    const random = seededRandom(17)
    let alarms = 0
    for (let run = 0; run < 400; run++) {
      let test = createErrorRateTest({ threshold: 0.05, alpha: 0.05 })
      for (let window = 0; window < 100; window++) {
        const operations = Math.floor(random() * 60)
        test = updateErrorRateTest(test, { operations, faults: binomial(operations, 0.05, random) })
      }
      if (errorRateVerdict(test).exceeded) alarms++
    }
    expect(alarms).toBeLessThanOrEqual(20)
  })
})

describe('a worse service is found near the information bound ln(1/alpha) / KL', () => {
  const cells = [0.01, 0.003].flatMap((threshold) => [2, 3, 5, 10].map((times) => [threshold, times] as const))

  it.each(cells)('threshold %d, %d times as bad: mean within 1.35 times the bound', (threshold, times) => {
    const stream = { rate: threshold * times, threshold, random: seededRandom(42) }
    const found = Array.from({ length: 1000 }, () => operationsToDetection(stream, Number.POSITIVE_INFINITY)!)
    const mean = found.reduce((sum, operations) => sum + operations, 0) / found.length
    expect(mean / informationBound(stream)).toBeLessThanOrEqual(1.35)
    // Nothing can be found much before the bound; a smaller ratio would be an error in the test.
    expect(mean / informationBound(stream)).toBeGreaterThan(0.95)
  })

  it('also after a million faultless operations, which need not be paid back', () => {
    const stream = { rate: 0.05, threshold: 0.01, random: seededRandom(4) }
    for (let run = 0; run < 100; run++) {
      expect(operationsToDetection(stream, 20_000, 1_000_000)).toBeLessThan(20 * informationBound(stream))
    }
  })

  it('in windows too: at the end of the window in which it shows, or soon after', () => {
    const random = seededRandom(8)
    let test = createErrorRateTest({ threshold: 0.01 })
    while (!errorRateVerdict(test).exceeded) {
      test = updateErrorRateTest(test, { operations: 100, faults: binomial(100, 0.1, random) })
    }
    expect(test.operations).toBeLessThanOrEqual(300)
  })
})

describe('the state', () => {
  const increments = fc.array(
    fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ operations: Math.max(a, b), faults: Math.min(a, b) })),
    { maxLength: 20 },
  )

  it('goes on after being stored as if it had not been', () => {
    fc.assert(
      fc.property(increments, increments, (before, after) => {
        const stored = before.reduce(updateErrorRateTest, createErrorRateTest({ threshold: 0.01 }))
        const read = parseErrorRateTest(JSON.parse(JSON.stringify(stored)))
        expect(read).toEqual(stored)
        expect(after.reduce(updateErrorRateTest, read!)).toEqual(after.reduce(updateErrorRateTest, stored))
      }),
    )
  })

  it('is frozen, starts without evidence and does not change for an empty window', () => {
    const test = createErrorRateTest({ threshold: 0.01 })
    expect(Object.isFrozen(test) && Object.isFrozen(test.logWealth)).toBe(true)
    expect(errorRateVerdict(test).evidence).toBeCloseTo(0, 12)
    expect(errorRateVerdict(test)).toMatchObject({ limit: Math.log(1000), exceeded: false })
    expect(updateErrorRateTest(test, { operations: 0, faults: 0 })).toBe(test)
  })

  it('stays exceeded when the service has become well again, and shows that the evidence is gone', () => {
    const bad = updateErrorRateTest(createErrorRateTest({ threshold: 0.01 }), { operations: 100, faults: 30 })
    const well = updateErrorRateTest(bad, { operations: 1_000_000, faults: 0 })
    expect(errorRateVerdict(well).exceeded).toBe(true)
    expect(errorRateVerdict(well).evidence).toBeLessThan(0)
    expect(errorRateVerdict(well).peakEvidence).toBe(errorRateVerdict(bad).evidence)
  })

  it('is an exact martingale at the threshold: the expected e-value of the next operation is that of now', () => {
    fc.assert(
      fc.property(increments, fc.constantFrom(0.01, 0.3, 0.9), (before, threshold) => {
        const test = before.reduce(updateErrorRateTest, createErrorRateTest({ threshold }))
        const after = (faults: number) =>
          errorRateVerdict(updateErrorRateTest(test, { operations: 1, faults })).evidence -
          errorRateVerdict(test).evidence
        expect(threshold * Math.exp(after(1)) + (1 - threshold) * Math.exp(after(0))).toBeCloseTo(1, 6)
      }),
    )
  })
})

describe('nonsense is refused', () => {
  it.each([0, 1, -1, Number.NaN])('%d as threshold or alpha', (share) => {
    expect(() => createErrorRateTest({ threshold: share })).toThrow(RangeError)
    expect(() => createErrorRateTest({ threshold: 0.01, alpha: share })).toThrow(RangeError)
  })

  it.each([
    { operations: 1, faults: 2 },
    { operations: 1, faults: -1 },
    { operations: 1.5, faults: 1 },
    { operations: Number.NaN, faults: 0 },
  ])('%o as counts', (increment) => {
    expect(() => updateErrorRateTest(createErrorRateTest({ threshold: 0.01 }), increment)).toThrow(RangeError)
  })

  const good = createErrorRateTest({ threshold: 0.01 })
  it.each([
    null,
    'text',
    {},
    { ...good, threshold: '0.01' },
    { ...good, alpha: 2 },
    { ...good, faults: 1 },
    { ...good, operations: 1e300 },
    { ...good, bettedAt: 5 },
    { ...good, peakEvidence: -1 },
    { ...good, peakEvidence: undefined },
    { ...good, logWealth: [0] },
    { ...good, logWealth: 'abcdef' },
    { ...good, logWealth: [0, 0, 0, 0, 0, null] },
  ])('%o as stored state', (value) => {
    expect(parseErrorRateTest(value)).toBeUndefined()
  })
})
