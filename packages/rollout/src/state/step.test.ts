import { describe, expect, it } from 'vitest'

import { adopted, entered, logOf } from '../testing/logOf.ts'
import { emptyStatus } from './emptyStatus.ts'
import { flagStateOf } from './flagStateOf.ts'
import { foldState } from './foldState.ts'
import type { RolloutEvent } from './RolloutEvent.ts'
import { step } from './step.ts'

const service = 'BackupService'
const operator = { kind: 'operator' } as const
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause: operator, cooldownUntilMs: 60_000 }
const gdpr: RolloutEvent = { type: 'incident_reported', service, kind: 'gdpr', severity: 'low' }
const after = (...events: Parameters<typeof logOf>) => foldState(logOf(adopted(), ...events))
const backup = (...events: Parameters<typeof logOf>) => after(...events).services[service]

describe('a rollout before anything has happened', () => {
  it('has no plan and no services', () => {
    expect(foldState([])).toEqual(emptyStatus)
  })

  it('waits in every service once a plan is adopted, with everybody on legacy', () => {
    const status = after()
    expect(Object.values(status.services).map((one) => one.status)).toEqual(['waiting', 'waiting', 'waiting'])
    expect(flagStateOf(status).services?.[service]).toEqual({ percentageBps: 0 })
  })

  it('ignores events of services while no plan is adopted', () => {
    expect(foldState(logOf(entered(service, 'initial'))).services).toEqual({})
  })
})

describe('phases', () => {
  it('are entered one after the other, with the percentage and the time of each', () => {
    expect(backup([5_000, entered(service, 'initial')])).toMatchObject({
      status: 'running',
      phase: 'initial',
      percentageBps: 1_000,
      phaseSinceMs: 5_000,
      sinceMs: 5_000,
    })
    expect(backup(entered(service, 'initial'), entered(service, 'extended'))).toMatchObject({ phase: 'extended' })
  })

  it.each([
    ['the first one is skipped', [entered(service, 'extended')], 'waiting'],
    ['one in the middle is skipped', [entered(service, 'initial'), entered(service, 'full')], 'initial'],
    ['one is entered twice', [entered(service, 'initial'), entered(service, 'initial')], 'initial'],
    [
      'the service is rolled back',
      [entered(service, 'initial'), rolledBack, entered(service, 'extended')],
      'rolled-back',
    ],
    ['an incident is open', [gdpr, entered(service, 'initial')], 'waiting'],
    [
      'everything is forced to legacy',
      [{ type: 'emergency_stop_set', on: true }, entered(service, 'initial')],
      'waiting',
    ],
  ] as const)('are not entered when %s', (_case, events, expected) => {
    const one = backup(...events)
    expect([one?.status, one && 'phase' in one && one.phase]).toContain(expected)
  })

  it('are not entered at another percentage than the plan’s', () => {
    expect(backup({ type: 'phase_entered', service, phase: 'initial', percentageBps: 9_999 })?.status).toBe('waiting')
  })

  it('complete only after the last one', () => {
    const all = ['initial', 'extended', 'full'] as const
    expect(backup(entered(service, 'initial'), { type: 'completed', service })?.status).toBe('running')
    expect(backup(...all.map((phase) => entered(service, phase)), { type: 'completed', service })).toMatchObject({
      status: 'complete',
      percentageBps: 10_000,
    })
  })

  it('forget sign-offs, incidents that did not latch and observations of the phase before', () => {
    const one = backup(
      entered(service, 'initial'),
      { type: 'signed_off', service, phase: 'initial', criterion: 'audit-trail' },
      { type: 'guardrail_observed', service, guardrail: 'latency' },
      { type: 'incident_reported', service, kind: 'security', severity: 'low' },
    )
    expect(one).toMatchObject({ signOffs: { 'audit-trail': { actor: 'test' } }, observed: ['latency'] })
    expect(one?.incidents).toHaveLength(1)
    const next = step(foldState(logOf(adopted(), entered(service, 'initial'))), {
      sequence: 3,
      at: 9,
      actor: 'test',
      event: entered(service, 'extended'),
    })
    expect(next.services[service]).toMatchObject({ signOffs: {}, observed: [], incidents: [] })
  })
})

describe('a pause', () => {
  it('stands at its percentage and goes on with its evidence when an operator resumes', () => {
    const start = [5_000, entered(service, 'initial')] as const
    const paused = { type: 'paused', service, cause: operator } as const
    expect(backup(start, paused)).toMatchObject({ status: 'paused', percentageBps: 1_000 })
    expect(flagStateOf(after(start, paused)).services?.[service]).toMatchObject({ paused: true, percentageBps: 1_000 })
    expect(backup(start, paused, { type: 'resumed', service })).toMatchObject({ status: 'running', sinceMs: 5_000 })
  })

  it('by a guardrail begins the phase anew, because the same evidence would stop it again', () => {
    const cause = { kind: 'guardrail', guardrail: 'latency' } as const
    const events = [entered(service, 'initial'), { type: 'paused', service, cause }] as const
    expect(backup(...events, [90_000, { type: 'resumed', service }])).toMatchObject({
      status: 'running',
      sinceMs: 90_000,
      phaseSinceMs: 90_000,
    })
  })

  it('before the first phase waits again when it is resumed', () => {
    const paused = { type: 'paused', service, cause: operator } as const
    expect(backup(paused, { type: 'resumed', service })?.status).toBe('waiting')
  })

  it('at an operator’s percentage returns to that of the phase, with evidence of its own', () => {
    const events = [entered(service, 'initial'), { type: 'percentage_set', service, percentageBps: 500 }] as const
    expect(backup(...events)).toMatchObject({ status: 'paused', percentageBps: 500, phase: 'initial' })
    expect(backup(...events, [90_000, { type: 'resumed', service }])).toMatchObject({
      percentageBps: 1_000,
      sinceMs: 90_000,
    })
  })
})

describe('a rollback', () => {
  it('sends everybody to legacy', () => {
    expect(flagStateOf(after(entered(service, 'initial'), rolledBack)).services?.[service]).toEqual({
      percentageBps: 0,
      rolledBack: true,
    })
  })

  it('is not resumed before its cooldown is over, and then waits for the first phase', () => {
    const events = [entered(service, 'initial'), rolledBack] as const
    expect(backup(...events, [59_999, { type: 'resumed', service }])?.status).toBe('rolled-back')
    expect(backup(...events, [60_000, { type: 'resumed', service }])?.status).toBe('waiting')
  })

  it('a second time can only make the cooldown longer', () => {
    const shorter = { ...rolledBack, cooldownUntilMs: 10_000 }
    const longer = { ...rolledBack, cooldownUntilMs: 99_000 }
    expect(backup(rolledBack, shorter)).toMatchObject({ cooldownUntilMs: 60_000 })
    expect(backup(rolledBack, longer)).toMatchObject({ cooldownUntilMs: 99_000 })
  })

  it('is not undone by setting a percentage', () => {
    const set = { type: 'percentage_set', service, percentageBps: 500 } as const
    expect(backup(entered(service, 'initial'), rolledBack, set)?.status).toBe('rolled-back')
  })
})

describe('an incident', () => {
  it.each([
    ['gdpr', 'low', true],
    ['gdpr', 'critical', true],
    ['security', 'high', false],
    ['security', 'critical', true],
  ] as const)('%s of severity %s latches: %s', (kind, severity, latches) => {
    const one = backup({ type: 'incident_reported', service, kind, severity })
    expect(one?.incident !== undefined).toBe(latches)
    expect(one?.incidents).toHaveLength(1)
  })

  it('survives a rollback and a resume, until it is released', () => {
    const events = [entered(service, 'initial'), gdpr, rolledBack, [70_000, { type: 'resumed', service }]] as const
    expect(backup(...events)).toMatchObject({ status: 'rolled-back', incident: { kind: 'gdpr' } })
    expect(flagStateOf(after(...events)).services?.[service]).toMatchObject({ incident: { kind: 'gdpr' } })
    const released = backup(...events, { type: 'incident_released', service }, { type: 'resumed', service })
    expect(released?.incident).toBeUndefined()
    expect(released?.status).toBe('waiting')
  })
})

describe('the emergency stop', () => {
  it('begins every running phase anew when it is switched off', () => {
    const status = after(entered(service, 'initial'), { type: 'emergency_stop_set', on: true }, [
      80_000,
      { type: 'emergency_stop_set', on: false },
    ])
    expect(status.emergencyStop).toBe(false)
    expect(status.services[service]).toMatchObject({ phaseSinceMs: 80_000, sinceMs: 80_000 })
  })

  it('works before there is a plan', () => {
    expect(foldState(logOf({ type: 'emergency_stop_set', on: true })).emergencyStop).toBe(true)
  })
})

describe('time', () => {
  it('is never dated back by a slow clock', () => {
    const one = backup([80_000, entered(service, 'initial')], [5_000, entered(service, 'extended')])
    expect(one).toMatchObject({ phase: 'extended', phaseSinceMs: 80_000 })
  })

  it('spent at another percentage is no time of the phase', () => {
    const set = (percentageBps: number) => ({ type: 'percentage_set', service, percentageBps }) as const
    const events = [
      entered(service, 'initial'),
      set(0),
      [70_000, set(1_000)],
      [90_000, { type: 'resumed', service }],
    ] as const
    expect(backup(...events)).toMatchObject({ status: 'running', phaseSinceMs: 90_000 })
  })
})

describe('an incident that was reported while another one was being looked at', () => {
  it('stays latched when only what was looked at is released', () => {
    const security = { type: 'incident_reported', service, kind: 'security', severity: 'critical' } as const
    const events = [security, gdpr, { type: 'incident_released', service, upTo: 2 }] as const
    expect(backup(...events)).toMatchObject({ incident: { kind: 'gdpr', sequence: 3 } })
    expect(backup(...events, { type: 'incident_released', service, upTo: 3 })?.incident).toBeUndefined()
  })
})
