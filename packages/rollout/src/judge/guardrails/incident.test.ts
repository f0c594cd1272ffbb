import { describe, expect, it } from 'vitest'

import type { RolloutEvent } from '../../state/RolloutEvent.ts'
import { aPlan, inFirstPhase, START_MS, verdictOn } from '../../testing/aRollout.ts'

type Reported = Extract<RolloutEvent, { type: 'incident_reported' }>

const reported = (kind: Reported['kind'], severity: Reported['severity']) =>
  [{ type: 'incident_reported', service: 'BackupService', kind, severity }, START_MS + 1] as const
const released = [{ type: 'incident_released', service: 'BackupService' }, START_MS + 2] as const

function breaches(...events: readonly (ReturnType<typeof reported> | typeof released)[]) {
  const { guardrails } = verdictOn(inFirstPhase(aPlan(), events), { now: START_MS + 3 })
  return guardrails.filter(({ outcome }) => outcome === 'breached').map(({ id }) => id)
}

describe('incidents', () => {
  it('a critical security incident and any GDPR violation are a breach', () => {
    expect(breaches(reported('security', 'critical'))).toEqual(['security-incident'])
    expect(breaches(reported('gdpr', 'low'))).toEqual(['gdpr-violation'])
  })

  it('a security incident that is not critical is none', () => {
    expect(breaches(reported('security', 'high'))).toEqual([])
  })

  it('one that comes while another is latched does not hide behind it', () => {
    expect(breaches(reported('security', 'critical'), reported('gdpr', 'high'))).toEqual([
      'security-incident',
      'gdpr-violation',
    ])
  })

  it('lasts until released, and no longer', () => {
    expect(breaches(reported('gdpr', 'critical'), released)).toEqual([])
  })
})
