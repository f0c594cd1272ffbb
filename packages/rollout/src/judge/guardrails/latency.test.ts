import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../statistics/seededRandom.ts'
import { aPlan, inFirstPhase, MINUTE_MS, START_MS, verdictOn } from '../../testing/aRollout.ts'
import { windowOf } from '../../testing/windowOf.ts'

/** Response times around a mean, as long as it takes. */
function durations(meanMs: number, count: number, seed = 1): number[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => meanMs * (0.5 + random()))
}

type Times = Readonly<Record<string, number>>

function sides(migrated: Times, legacy: Times, calls = 2000) {
  return [['migrated', migrated] as const, ['legacy', legacy] as const].map(([implementation, times], index) => {
    const operations = Object.entries(times).map(
      ([name, meanMs]) => [name, { durationsMs: durations(meanMs, calls, index + 1) }] as const,
    )
    return windowOf({ startMs: START_MS, implementation, operations: Object.fromEntries(operations) })
  })
}

const now = START_MS + MINUTE_MS
const reading = (windows: ReturnType<typeof sides>, plan = aPlan()) =>
  verdictOn(inFirstPhase(plan), { windows, now }).guardrails.find(({ id }) => id === 'latency')!

describe('latency', () => {
  it('twice the time of legacy rolls back, and names the operation, the ratio and p95', () => {
    const windows = sides({ createBackup: 20, listBackups: 5 }, { createBackup: 10, listBackups: 5 })
    expect(verdictOn(inFirstPhase(), { windows, now })).toMatchObject({ action: 'rollback', guardrail: 'latency' })
    const { text, value, limit, samples } = reading(windows)
    expect(value).toBeCloseTo(2, 1)
    expect([limit, samples]).toEqual([1.5, 2000])
    expect(text.sv).toMatch(/^createBackup tar \d(,\d+)? gånger så lång tid som legacy i medeltal \(p95: /)
  })

  it.each([1, 1.1, 1.3])('%d times the time of legacy does not', (ratio) => {
    expect(reading(sides({ createBackup: 10 * ratio }, { createBackup: 10 })).outcome).toBe('ok')
  })

  it('a difference below the least one that counts is none: cheap calls trip on noise', () => {
    expect(reading(sides({ createBackup: 0.9 }, { createBackup: 0.3 })).outcome).toBe('ok')
    const plan = aPlan({ guardrails: { latency: { minimumDifferenceMs: 0.1 } } })
    expect(reading(sides({ createBackup: 0.9 }, { createBackup: 0.3 }), plan).outcome).toBe('breached')
  })

  it('shares alpha among the operations', () => {
    const windows = sides({ a: 10, b: 10, c: 10, d: 10 }, { a: 10, b: 10, c: 10, d: 10 })
    expect(reading(windows).evidenceLimit).toBeCloseTo(Math.log(4 / 0.001), 9)
  })

  it('has no data without concurrent legacy traffic, or with too little', () => {
    expect(reading(sides({ createBackup: 20 }, {})).outcome).toBe('no-data')
    expect(reading(sides({ createBackup: 20 }, { createBackup: 10 }, 199)).outcome).toBe('no-data')
  })
})
