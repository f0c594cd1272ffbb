import type { PlanData } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import {
  aPlan,
  DAY_MS,
  entered,
  inFirstPhase,
  MINUTE_MS,
  START_MS,
  statusAfter,
  verdictOn,
} from '../testing/aRollout.ts'
import { windowOf } from '../testing/windowOf.ts'

type Gate = PlanData['services'][string]['phases'][number]['gate']
type Wanted = NonNullable<Gate[number]['evidence']>
type More = Parameters<typeof inFirstPhase>[1]

const NOW = START_MS + DAY_MS

/** The verdict on one criterion that is the whole gate. */
function read(evidence: Wanted, windows: readonly ObservationWindow[] = [], more: More = []) {
  return wanted(inFirstPhase(planOf(evidence), more), windows)
}

function planOf(evidence: Wanted): PlanData {
  const gate = [{ id: 'wanted', sv: 'Önskat', en: 'Wanted', evidence }]
  const first = { name: 'initial', start: '2025-01-10T08:00:00Z', percentage: 10, days: 2, gate }
  return aPlan({}, { phases: [{ ...first, errorRateThresholdPercent: 1 }] })
}

const wanted = (status: RolloutStatus, windows: readonly ObservationWindow[] = []) =>
  verdictOn(status, { windows, now: NOW }).criteria.find(({ id }) => id === 'wanted')!

type Operations = Parameters<typeof windowOf>[0]['operations']
const seen = (operations: Operations, implementation: 'migrated' | 'legacy' = 'migrated') =>
  windowOf({ startMs: START_MS, implementation, operations: operations ?? {} })

const spread = (meanMs: number, count: number) =>
  Array.from({ length: count }, (_, call) => meanMs * (0.9 + (0.2 * call) / (count - 1)))
const both = (migratedMs: number, legacyMs: number, calls = 1000, operation = 'createBackup') => [
  seen({ [operation]: { durationsMs: spread(migratedMs, calls) } }),
  seen({ [operation]: { durationsMs: spread(legacyMs, calls) } }, 'legacy'),
]

describe('error rate', () => {
  const wanted: Wanted = { kind: 'error-rate', belowPercent: 0.5 }

  it.each([
    [0, 0, 'missing'],
    [597, 0, 'missing'],
    [598, 0, 'met'],
    [598, 1, 'unmet'],
    [10_000, 30, 'met'],
    [10_000, 45, 'unmet'],
    [300, 300, 'missing'],
  ] as const)('%d operations with %d faults: %s', (operations, faults, outcome) => {
    expect(read(wanted, [seen({ createBackup: { operations, faults } })])).toMatchObject({
      outcome,
      samples: operations,
    })
  })

  it('tells how much is lacking, and what is possible with what was seen', () => {
    expect(read(wanted).text.sv).toBe('Önskat (0 av minst 598 operationer).')
    const text = read(wanted, [seen({ createBackup: { operations: 1000, faults: 1 } })]).text
    expect(text.sv).toBe('Önskat (1 fel av 1000 operationer, med 95 % säkerhet högst 0,473 %).')
    expect(text.en).toBe('Wanted (1 faults of 1000 operations, with 95% confidence at most 0.473%).')
  })

  it('counts the operations that are named only', () => {
    const windows = [
      seen({ createBackup: { operations: 700, faults: 0 }, listBackups: { operations: 50, faults: 50 } }),
    ]
    expect(read({ ...wanted, operations: ['createBackup'] }, windows).outcome).toBe('met')
    expect(read(wanted, windows).outcome).toBe('unmet')
  })

  it('can be asked for at 100 %', () => {
    const windows = [seen({ createBackup: { operations: 10, faults: 9 } })]
    expect(read({ kind: 'error-rate', belowPercent: 100 }, windows).outcome).toBe('met')
  })
})

describe('latency ratio', () => {
  it.each([
    [1.1, 10, 10, 'met'],
    [1.1, 12, 10, 'unmet'],
    [0.7, 6, 10, 'met'],
    [0.7, 8, 10, 'unmet'],
    [1, 9, 10, 'met'],
  ] as const)('at most %d: %d ms against %d ms is %s', (atMost, migrated, legacy, outcome) => {
    expect(read({ kind: 'latency-ratio', atMost }, both(migrated, legacy))).toMatchObject({ outcome, limit: atMost })
  })

  it('is unmet while the bound is not below the limit, though the mean is', () => {
    const wide = (meanMs: number) =>
      Array.from({ length: 250 }, (_, call) => (call % 10 === 0 ? 9 * meanMs : meanMs / 9))
    const windows = [
      seen({ createBackup: { durationsMs: wide(10) } }),
      seen({ createBackup: { durationsMs: wide(10) } }, 'legacy'),
    ]
    expect(read({ kind: 'latency-ratio', atMost: 1.1 }, windows)).toMatchObject({ outcome: 'unmet', value: 1 })
  })

  it('forgives a difference that is too small to matter, but not to what must be faster', () => {
    const windows = both(0.9, 0.4)
    expect(read({ kind: 'latency-ratio', atMost: 1.1, minimumDifferenceMs: 1 }, windows).outcome).toBe('met')
    expect(read({ kind: 'latency-ratio', atMost: 0.7, minimumDifferenceMs: 1 }, windows).outcome).toBe('unmet')
  })

  it('asks for every operation that is named', () => {
    const wanted: Wanted = { kind: 'latency-ratio', atMost: 1.1, operations: ['createBackup', 'listBackups'] }
    const one = both(10, 10)
    expect(read(wanted, one)).toMatchObject({
      outcome: 'missing',
      text: { sv: 'Önskat (listBackups: 0 av minst 200 samtidiga anrop på båda sidor).' },
    })
    expect(read(wanted, [...one, ...both(10, 10, 1000, 'listBackups')]).outcome).toBe('met')
    expect(read(wanted, [...one, ...both(20, 10, 1000, 'listBackups')]).outcome).toBe('unmet')
  })

  it('where none is named asks for those with enough calls, one at least', () => {
    const wanted: Wanted = { kind: 'latency-ratio', atMost: 1.1 }
    expect(read(wanted, both(10, 10, 199)).outcome).toBe('missing')
    expect(read(wanted).outcome).toBe('missing')
    expect(read(wanted, [...both(10, 10), ...both(90, 10, 50, 'listBackups')]).outcome).toBe('met')
  })
})

describe('cache hits', () => {
  const wanted: Wanted = { kind: 'cache-hits', atLeastPercent: 50, operations: ['listBackups'] }

  it.each([
    [49, 49, 'missing'],
    [50, 25, 'met'],
    [50, 24, 'unmet'],
  ] as const)('%d operations with %d hits: %s', (operations, hits, outcome) => {
    const windows = [seen({ listBackups: { operations, cacheHits: hits }, createBackup: { operations: 500 } })]
    expect(read(wanted, windows)).toMatchObject({ outcome, samples: operations })
  })
})

describe('no incident', () => {
  const wanted: Wanted = { kind: 'no-incident', incident: 'security' }
  const incident = (kind: 'security' | 'gdpr') =>
    [{ type: 'incident_reported', service: 'BackupService', kind, severity: 'low' }, START_MS + 1] as const
  const enough = [seen({ createBackup: { operations: 100 } })]

  it('is met after enough operations without one', () => {
    expect(read(wanted, enough)).toMatchObject({ outcome: 'met', value: 0 })
    expect(read(wanted, [seen({ createBackup: { operations: 99 } })]).outcome).toBe('missing')
  })

  it('is unmet by one of its kind, of any severity, also before that', () => {
    expect(read(wanted, enough, [incident('security')])).toMatchObject({ outcome: 'unmet', value: 1 })
    expect(read(wanted, [], [incident('security')]).outcome).toBe('unmet')
    expect(read(wanted, enough, [incident('gdpr')]).outcome).toBe('met')
  })
})

describe('no memory growth', () => {
  const held = (bytes: (minute: number) => number, minutes = 60) =>
    Array.from({ length: minutes }, (_, minute) =>
      windowOf({
        startMs: START_MS + minute * MINUTE_MS,
        endMs: START_MS + (minute + 1) * MINUTE_MS,
        heldBytes: bytes(minute),
      }),
    )

  it('is missing without measurements, met by a plateau, unmet by growth', () => {
    const wanted: Wanted = { kind: 'no-memory-growth' }
    expect(read(wanted, [seen({ createBackup: { operations: 1000 } })]).outcome).toBe('missing')
    expect(
      read(
        wanted,
        held(() => 1e8, 20),
      ).outcome,
    ).toBe('missing')
    expect(
      read(
        wanted,
        held(() => 1e8),
      ).outcome,
    ).toBe('met')
    expect(
      read(
        wanted,
        held((minute) => 1e8 + minute * 1e7),
      ),
    ).toMatchObject({ outcome: 'unmet', unit: 'bytes/h' })
  })
})

describe('probe', () => {
  const report = (passed: boolean, at: number) =>
    [{ type: 'probe_reported', service: 'BackupService', probe: 'wanted', passed, evidence: {} }, at] as const

  it('is met by a report of this phase that passed', () => {
    expect(read({ kind: 'probe' }, [], [report(true, START_MS + 1)])).toMatchObject({
      outcome: 'met',
      source: 'probe',
      text: { sv: 'Önskat (självtestet lyckades 2025-01-10 08:00 UTC).' },
    })
  })

  it('is unmet when the last report failed, and missing without one', () => {
    expect(read({ kind: 'probe' }, [], [report(true, START_MS + 1), report(false, START_MS + 2)]).outcome).toBe('unmet')
    expect(read({ kind: 'probe' }).outcome).toBe('missing')
  })

  it('does not count a report of before the phase', () => {
    const before = [report(true, START_MS - 1), entered('initial', 1000, START_MS)]
    expect(wanted(statusAfter(planOf({ kind: 'probe' }), before)).outcome).toBe('missing')
  })
})

describe('sign-off', () => {
  it('is missing until an operator signs it off in this phase', () => {
    expect(read({ kind: 'sign-off' })).toMatchObject({ outcome: 'missing', source: 'sign-off' })
    const event = { type: 'signed_off', service: 'BackupService', phase: 'initial', criterion: 'wanted' } as const
    expect(read({ kind: 'sign-off' }, [], [[event, START_MS + 1, 'operator']])).toMatchObject({
      outcome: 'met',
      text: { en: 'Wanted (signed off by operator 2025-01-10 08:00 UTC).' },
    })
  })
})

describe('what every phase asks for', () => {
  const implied = (operations: number, faults = 0) => {
    const windows = [seen({ createBackup: { operations, faults } })]
    const { criteria } = verdictOn(inFirstPhase(), { windows, now: NOW })
    return ['minimum-operations', 'within-threshold'].map((id) => criteria.find((one) => one.id === id)?.outcome)
  }

  it('is the plan’s minimum of operations, and a rate that is not above the threshold', () => {
    expect(implied(0)).toEqual(['missing', 'missing'])
    expect(implied(99)).toEqual(['missing', 'met'])
    expect(implied(100, 1)).toEqual(['met', 'met'])
    expect(implied(100, 2)).toEqual(['met', 'unmet'])
  })
})
