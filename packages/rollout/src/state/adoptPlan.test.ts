import { describe, expect, it } from 'vitest'

import { adopted, entered, logOf } from '../testing/logOf.ts'
import { planWith } from '../testing/planWith.ts'
import { foldState } from './foldState.ts'
import type { RolloutEvent } from './RolloutEvent.ts'

const service = 'BackupService'
const operator = { kind: 'operator' } as const
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause: operator, cooldownUntilMs: 60_000 }
const gdpr: RolloutEvent = { type: 'incident_reported', service, kind: 'gdpr', severity: 'low' }
const after = (...events: Parameters<typeof logOf>) => foldState(logOf(adopted(), ...events))
const backup = (...events: Parameters<typeof logOf>) => after(...events).services[service]

describe('a new plan', () => {
  const phases = (...percentages: readonly number[]) =>
    percentages.map((percentage, index) => ({
      name: `phase-${index}`,
      start: `2025-02-0${index + 1}T00:00:00Z`,
      percentage,
      days: 1,
      gate: [],
    }))

  it('counts when its revision is higher, and leaves a service in its phase at the new percentage', () => {
    const initial = { ...planWith().services[service]?.phases[0], percentage: 5 } as never
    const lower = planWith({ revision: 2, services: { [service]: { phases: [initial] } } })
    const status = after(entered(service, 'initial'), [50_000, adopted(lower)])
    expect(status.planRevision).toBe(2)
    expect(status.services[service]).toMatchObject({ phase: 'initial', percentageBps: 500, sinceMs: 50_000 })
  })

  it('moves a service whose phase is gone to the last one that is not above where it was', () => {
    const other = planWith({ revision: 2, services: { [service]: { phases: phases(5, 20, 100) } } })
    expect(after(entered(service, 'initial'), adopted(other)).services[service]).toMatchObject({
      phase: 'phase-0',
      percentageBps: 500,
    })
    const higher = planWith({ revision: 2, services: { [service]: { phases: phases(20, 100) } } })
    expect(after(entered(service, 'initial'), adopted(higher)).services[service]?.status).toBe('waiting')
  })

  it.each([
    ['has the same revision', planWith({ cooldownMinutes: 1 })],
    ['has another salt', planWith({ revision: 2, hash: { id: 'murmur3-32-fractional', version: 2, salt: 'x' } })],
  ])('is ignored when it %s', (_case, plan) => {
    const before = after(entered(service, 'initial'))
    const status = after(entered(service, 'initial'), adopted(plan))
    expect(status.plan).toEqual(before.plan)
    expect(status.services).toEqual(before.services)
  })

  it('is ignored when it cannot be read', () => {
    const broken = { type: 'plan_adopted', revision: 7, fingerprint: 'x', plan: { services: 3 } } as const
    expect(after(broken).planRevision).toBe(1)
  })
})

describe('what must survive a new plan', () => {
  const without = (revision: number) => {
    const plan = planWith({ revision })
    const { [service]: _left, ...services } = plan.services
    return { ...plan, services }
  }

  it('is an incident and a rollback, also of a service that a plan has left out for a while', () => {
    const events = [
      entered(service, 'initial'),
      gdpr,
      rolledBack,
      adopted(without(2)),
      adopted(planWith({ revision: 3 })),
    ] as const
    expect(backup(...events)).toMatchObject({ status: 'rolled-back', incident: { kind: 'gdpr' } })
  })

  it('is an operator’s pause, also where its phase is gone', () => {
    const phases = [{ name: 'other', start: '2025-02-01T00:00:00Z', percentage: 20, days: 1, gate: [] }]
    const other = planWith({ revision: 2, services: { [service]: { phases } } })
    const stopped = { type: 'percentage_set', service, percentageBps: 0 } as const
    expect(backup(entered(service, 'initial'), stopped, adopted(other))).toMatchObject({
      status: 'paused',
      percentageBps: 0,
    })
  })

  it('is no sign-off for a phase of another name', () => {
    const signedOff = { type: 'signed_off', service, phase: 'initial', criterion: 'audit-trail' } as const
    const phases = [{ name: 'other', start: '2025-02-01T00:00:00Z', percentage: 10, days: 1, gate: [] }]
    const renamed = planWith({ revision: 2, services: { [service]: { phases } } })
    expect(backup(entered(service, 'initial'), signedOff, adopted(renamed))).toMatchObject({
      phase: 'other',
      signOffs: {},
    })
  })
})
