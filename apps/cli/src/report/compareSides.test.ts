import { describe, expect, it } from 'vitest'

import { aWindow } from '../testing/seedStore.ts'
import { compareSides } from './compareSides.ts'

describe('two sides of a service', () => {
  const comparison = compareSides(
    [
      aWindow(10_000, {
        implementation: 'legacy',
        operations: 100,
        faults: 1,
        codes: { 'backup.io': 1 },
        meanMs: 20,
        heldBytes: 5,
      }),
      aWindow(20_000, { implementation: 'legacy', operations: 300, meanMs: 20, heldBytes: 7 }),
      aWindow(10_000, {
        implementation: 'migrated',
        operations: 50,
        faults: 5,
        codes: { 'backup.locked': 4, 'backup.io': 1 },
        meanMs: 30,
        heldBytes: 2,
      }),
      {
        ...aWindow(10_000, { implementation: 'migrated', operations: 50, meanMs: 30, heldBytes: 3 }),
        instance: 'other',
      },
      // At 100 %: counted, but not compared with times of another hour.
      aWindow(90_000, { implementation: 'migrated', operations: 25, meanMs: 900, heldBytes: 1 }),
    ],
    [{ fromMs: 0, toMs: 60_000 }],
  )

  it('are added up by operation', () => {
    expect(comparison.operations).toHaveLength(1)
    expect(comparison.operations[0]).toMatchObject({
      operation: 'createBackup',
      legacy: { operations: 400, faults: 1, errorRate: 1 / 400 },
      migrated: { operations: 125, faults: 5, errorRate: 0.04 },
    })
  })

  it('are compared by the mean and the 95th percentile of their times', () => {
    expect(comparison.operations[0]?.meanRatio).toBeCloseTo(1.5, 6)
    expect(comparison.operations[0]?.p95Ratio).toBeCloseTo(1.5, 1)
  })

  it('have their faults by code, the most frequent of migrated first', () => {
    expect(comparison.faults).toEqual([
      { code: 'backup.locked', legacy: 0, migrated: 4 },
      { code: 'backup.io', legacy: 1, migrated: 1 },
    ])
  })

  it('hold what all instances hold at the same moment, at most', () => {
    expect(comparison.heldBytes).toEqual({ legacy: 7, migrated: 5 })
  })

  it('without observations have nothing to compare', () => {
    expect(compareSides([], [])).toEqual({ operations: [], faults: [], heldBytes: { legacy: null, migrated: null } })
  })
})
