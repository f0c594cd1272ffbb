import { describe, expect, it } from 'vitest'

import type { PercentageChange } from './percentageChanges.ts'
import { sharedSpans } from './sharedSpans.ts'

const change = (at: number, percentageBps: number): PercentageChange => ({ at, percentageBps, by: 'phase_entered' })

describe('the time in which both sides served', () => {
  it('ends where everybody is migrated', () => {
    expect(sharedSpans([change(100, 1_000), change(200, 5_000), change(300, 10_000)], 900)).toEqual([
      { fromMs: 100, toMs: 200 },
      { fromMs: 200, toMs: 300 },
    ])
  })

  it('ends where everybody is on legacy, and lasts until now otherwise', () => {
    expect(sharedSpans([change(100, 1_000), change(200, 0), change(400, 500)], 900)).toEqual([
      { fromMs: 100, toMs: 200 },
      { fromMs: 400, toMs: 900 },
    ])
  })

  it('is none before the first percentage', () => {
    expect(sharedSpans([], 900)).toEqual([])
  })
})
