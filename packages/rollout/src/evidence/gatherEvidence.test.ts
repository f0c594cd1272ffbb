import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aPlan, DAY_MS, entered, inFirstPhase, MINUTE_MS, START_MS, statusAfter } from '../testing/aRollout.ts'
import { sketchOf, traffic, windowOf } from '../testing/windowOf.ts'
import { emptyEvidence, type Evidence } from './Evidence.ts'
import { gatherEvidence } from './gatherEvidence.ts'
import type { ObservationWindow } from './ObservationWindow.ts'

const status = inFirstPhase()
const gather = (windows: readonly ObservationWindow[], before: Evidence = emptyEvidence) =>
  gatherEvidence(before, windows, status)
const backup = (evidence: Evidence) => evidence.services.get('BackupService')!

describe('what is counted', () => {
  it('is each operation of each side, over instances and windows', () => {
    const startMs = START_MS
    const { sides, test } = backup(
      gather([
        windowOf({
          startMs,
          operations: {
            createBackup: { durationsMs: [5, 7], faults: 1, rescued: 1, refused: 2, codes: { 'backup.full': 1 } },
            listBackups: { durationsMs: [1], cacheHits: 1 },
          },
        }),
        windowOf({ startMs, instance: 'b', operations: { createBackup: { faults: 2, codes: { 'backup.full': 2 } } } }),
        windowOf({ startMs, implementation: 'legacy', operations: { createBackup: { durationsMs: [9], faults: 1 } } }),
      ]),
    )
    expect(sides.migrated.get('createBackup')).toMatchObject({ operations: 7, faults: 3, rescued: 1, refused: 2 })
    expect(sides.migrated.get('createBackup')?.codes).toEqual(new Map([['backup.full', 3]]))
    expect(sides.migrated.get('createBackup')?.latency.toJSON()).toEqual(sketchOf([5, 7]).toJSON())
    expect(sides.migrated.get('listBackups')).toMatchObject({ operations: 1, cacheHits: 1 })
    expect(sides.legacy.get('createBackup')).toMatchObject({ operations: 2, faults: 1 })
    expect(test).toMatchObject({ threshold: 0.01, alpha: 0.0009, operations: 8, faults: 3 })
  })

  it('is what began since the percentage changed', () => {
    const early = windowOf({ startMs: START_MS - 1, operations: { createBackup: { operations: 5 } } })
    expect(backup(gather([early])).sides.migrated.size).toBe(0)
  })

  it('starts afresh at another percentage', () => {
    const before = gather(traffic({ from: START_MS, minutes: 5 }))
    const later = inFirstPhase(aPlan(), [entered('extended', 5000, START_MS + DAY_MS)])
    const after = backup(gatherEvidence(before, [], later))
    expect(after).toMatchObject({ sinceMs: START_MS + DAY_MS, test: { threshold: 0.008, operations: 0 } })
    expect([after.sides.migrated.size, after.recent.slots.size]).toEqual([0, 0])
  })

  it('is nothing for a service that has not begun', () => {
    const evidence = gatherEvidence(emptyEvidence, traffic({ from: START_MS, minutes: 5 }), statusAfter(aPlan()))
    expect(evidence.services.size).toBe(0)
  })

  it('goes on under a new threshold when the plan names another in the same phase', () => {
    const before = gather(traffic({ from: START_MS, minutes: 5, faults: 1 }))
    const stricter = aPlan(
      { revision: 2 },
      {
        phases: [
          {
            name: 'initial',
            start: '2025-01-10T08:00:00Z',
            percentage: 10,
            days: 2,
            errorRateThresholdPercent: 0.1,
            gate: [],
          },
        ],
      },
    )
    const adopted = inFirstPhase(aPlan(), [
      [{ type: 'plan_adopted', revision: 2, fingerprint: 'g', plan: stricter }, START_MS + DAY_MS],
    ])
    expect(backup(gatherEvidence(before, [], adopted)).test).toMatchObject({
      threshold: 0.001,
      operations: 500,
      faults: 5,
    })
  })
})

describe('what cannot be used', () => {
  it('an unreadable sketch is left out and counted; the counts beside it stand', () => {
    const window = windowOf({ startMs: START_MS, operations: { createBackup: { durationsMs: [5] } } })
    const broken = { ...window.operations['createBackup']!, latency: { layout: 'another' } as never }
    const evidence = gather([{ ...window, operations: { createBackup: broken } }])
    expect(evidence.unreadable).toBe(1)
    expect(backup(evidence).sides.migrated.get('createBackup')).toMatchObject({ operations: 1 })
    expect(backup(evidence).sides.migrated.get('createBackup')?.latency.count).toBe(0)
  })

  it('a window with more faults than operations is left out and counted', () => {
    const window = windowOf({ startMs: START_MS, operations: { createBackup: { operations: 1, faults: 2 } } })
    const evidence = gather([window])
    expect(evidence.unreadable).toBe(1)
    expect(backup(evidence).sides.migrated.size).toBe(0)
  })

  it('operations may be called anything', () => {
    const operations = JSON.parse('{"__proto__": 1}') as Record<string, never>
    const window = windowOf({ startMs: START_MS })
    operations['__proto__'] = windowOf({ startMs: 0, operations: { a: { operations: 3 } } }).operations['a'] as never
    expect(() => gather([{ ...window, operations }])).not.toThrow()
  })

  it('codes beyond the first hundred count as one', () => {
    const codes = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`code-${index}`, 1]))
    const windows = [windowOf({ startMs: START_MS, operations: { createBackup: { faults: 150, codes } } })]
    const counted = backup(gather(windows)).sides.migrated.get('createBackup')!.codes
    expect([counted.size, counted.get('*')]).toEqual([101, 50])
  })
})

describe('however windows arrive', () => {
  const anyWindows = fc.array(
    fc.record({
      slot: fc.integer({ min: 0, max: 200 }),
      instance: fc.constantFrom('a', 'b'),
      faults: fc.integer({ min: 0, max: 3 }),
      durations: fc.array(fc.double({ min: 1, max: 50, noNaN: true }), { maxLength: 5 }),
      heldBytes: fc.integer({ min: 0, max: 1e6 }),
      sampledHeapBytes: fc.integer({ min: 0, max: 1e6 }),
      found: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 30 },
  )
  const windowsOf = (cases: Parameters<Parameters<typeof anyWindows.map>[0]>[0]) =>
    cases.map(({ slot, instance, faults, durations, heldBytes, sampledHeapBytes, found }) =>
      windowOf({
        startMs: START_MS + slot * 10_000,
        instance,
        heldBytes,
        sampledHeapBytes,
        findings: { 'log:email': found },
        operations: { createBackup: { faults, durationsMs: durations } },
      }),
    )

  it('the totals are the same, in one go or in pieces, in any order', () => {
    fc.assert(
      fc.property(anyWindows, fc.integer({ min: 0, max: 30 }), (cases, cut) => {
        const windows = windowsOf(cases)
        const whole = backup(gather(windows))
        const pieces = backup(gather(windows.slice(0, cut), gather(windows.slice(cut))))
        const counts = ({ sides, recent, test, findings }: typeof whole) => {
          const side = sides.migrated.get('createBackup')
          const totals = [side?.operations, side?.faults, side?.latency.toJSON().counts, test?.operations, test?.faults]
          return [
            ...totals,
            findings.migrated.get('log:email'),
            [...recent.slots].sort(([one], [other]) => one - other),
          ]
        }
        expect(counts(pieces)).toEqual(counts(whole))
      }),
    )
  })

  it('what was gathered before is left as it was', () => {
    fc.assert(
      fc.property(anyWindows, anyWindows, (first, second) => {
        const before = gather(windowsOf(first))
        const picture = JSON.stringify(before, replacer)
        gather(windowsOf(second), before)
        expect(JSON.stringify(before, replacer)).toBe(picture)
      }),
    )
  })

  it('a reader that begins again has the error rate test of one that read along', () => {
    const windows = Array.from({ length: 500 }, (_, slot) =>
      windowOf({
        startMs: START_MS + slot * 10_000,
        operations: { createBackup: { operations: 20, faults: slot % 3 } },
      }),
    )
    const along = windows.reduce((evidence, window) => gather([window], evidence), emptyEvidence)
    expect(backup(gather(windows)).test).toEqual(backup(along).test)
  })

  it('windows that were rolled up count as much as what they were made of', () => {
    const fine = traffic({ from: START_MS, minutes: 10, faults: 1 })
    const rolledUp = windowOf({
      instance: '*',
      startMs: START_MS,
      endMs: START_MS + 10 * MINUTE_MS,
      operations: { createBackup: { operations: 1000, faults: 10 } },
    })
    const [one, other] = [backup(gather(fine)), backup(gather([rolledUp]))]
    expect(other.test).toMatchObject({ operations: one.test!.operations, faults: one.test!.faults })
  })

  it('memory stays bounded over 30 days of ten-second windows', () => {
    const windows = Array.from({ length: 30 * 24 * 60 }, (_, minute) =>
      windowOf({
        startMs: START_MS + minute * MINUTE_MS,
        heldBytes: 1000,
        operations: { createBackup: { operations: 1 } },
      }),
    )
    const { recent, memory } = backup(gather(windows))
    expect(recent.slots.size).toBeLessThanOrEqual(240)
    expect(memory.migrated.series.heldBytes.cells.size).toBeLessThanOrEqual(500)
    expect(memory.migrated.latest.size).toBe(1)
  })
})

function replacer(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value
}
