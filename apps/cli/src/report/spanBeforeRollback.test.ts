import { describe, expect, it } from 'vitest'

import type { PercentageChange } from './percentageChanges.ts'
import { spanBeforeRollback } from './spanBeforeRollback.ts'

const MINUTE_MS = 60_000
const entered = (at: number, percentageBps = 1_000): PercentageChange => ({ at, percentageBps, by: 'phase_entered' })
const rolledBack = (at: number): PercentageChange => ({ at, percentageBps: 0, by: 'rolled_back' })

describe('the time just before a rollback', () => {
  it('begins with the last percentage', () => {
    const changes = [entered(0), entered(50 * MINUTE_MS, 5_000), rolledBack(60 * MINUTE_MS)]
    expect(spanBeforeRollback(changes)).toEqual({ fromMs: 50 * MINUTE_MS, toMs: 60 * MINUTE_MS })
  })

  it('is 15 minutes at most', () => {
    expect(spanBeforeRollback([entered(0), rolledBack(60 * MINUTE_MS)])).toEqual({
      fromMs: 45 * MINUTE_MS,
      toMs: 60 * MINUTE_MS,
    })
  })

  it('never ends before it begins, whatever the clocks say', () => {
    expect(spanBeforeRollback([entered(200), rolledBack(100)])).toEqual({ fromMs: 100, toMs: 100 })
  })

  it('is none of a run that is under way, that was lowered to nothing first, or that has begun again', () => {
    expect(spanBeforeRollback([])).toBeUndefined()
    expect(spanBeforeRollback([entered(0)])).toBeUndefined()
    expect(spanBeforeRollback([entered(0), { at: 100, percentageBps: 0, by: 'percentage_set' }])).toBeUndefined()
    expect(spanBeforeRollback([entered(0), rolledBack(100), entered(200)])).toBeUndefined()
  })
})
