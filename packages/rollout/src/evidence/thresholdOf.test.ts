import { parsePlan } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { aPlan } from '../testing/aRollout.ts'
import { thresholdOf } from './thresholdOf.ts'

const service = (backup: Parameters<typeof aPlan>[1] = {}) => parsePlan(aPlan({}, backup)).services['BackupService']!

describe('the threshold of a phase', () => {
  it.each([
    ['initial', 0.01],
    ['extended', 0.008],
    ['full', 0.008],
  ])('%s: %d, its own or that of the nearest earlier phase', (phase, threshold) => {
    expect(thresholdOf(service(), phase)).toBe(threshold)
  })

  it('is the first phase’s before there is a phase', () => {
    expect(thresholdOf(service(), undefined)).toBe(0.01)
  })

  it.each([undefined, 100])('is none where the plan says %s', (percent) => {
    const phase = { name: 'only', start: '2025-01-10T08:00:00Z', percentage: 10, days: 1, gate: [] }
    const phases = [{ ...phase, ...(percent !== undefined && { errorRateThresholdPercent: percent }) }]
    expect(thresholdOf(service({ phases }), 'only')).toBeUndefined()
  })
})
