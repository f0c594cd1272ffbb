import type { Observation } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import { OperationTotals } from './OperationTotals.ts'

function anObservation(overrides: Partial<Observation> = {}): Observation {
  return {
    service: 'BackupService',
    implementation: 'migrated',
    operation: 'listBackups',
    outcome: 'ok',
    code: undefined,
    durationMs: 1,
    role: 'primary',
    rescued: false,
    attempts: 1,
    cacheHit: false,
    ...overrides,
  }
}

describe('OperationTotals', () => {
  it('is zero for a service that has done nothing', () => {
    expect(new OperationTotals().of('BackupService').legacy).toEqual({ operations: 0, faults: 0, p50Ms: 0 })
  })

  it('counts only faults of the service as faults', () => {
    const totals = new OperationTotals()
    for (const outcome of ['ok', 'refused', 'cancelled', 'fault'] as const) totals.record(anObservation({ outcome }))
    expect(totals.of('BackupService').migrated).toMatchObject({ operations: 4, faults: 1 })
  })

  it('keeps the sides apart and leaves shadow calls out', () => {
    const totals = new OperationTotals()
    totals.record(anObservation({ implementation: 'legacy' }))
    totals.record(anObservation({ role: 'shadow' }))
    expect(totals.of('BackupService')).toMatchObject({ legacy: { operations: 1 }, migrated: { operations: 0 } })
  })

  it('gives the median in milliseconds, fractions included', () => {
    const totals = new OperationTotals()
    for (const durationMs of [0.25, 0.25, 0.25, 400]) totals.record(anObservation({ durationMs }))
    expect(totals.of('BackupService').migrated.p50Ms).toBeCloseTo(0.25, 2)
  })
})
