import { describe, expect, it } from 'vitest'

import { emptyEvidence } from '../evidence/Evidence.ts'
import { gatherEvidence } from '../evidence/gatherEvidence.ts'
import {
  aPlan,
  DAY_MS,
  entered,
  inFirstPhase,
  MINUTE_MS,
  START_MS,
  statusAfter,
  ungated,
  verdictOn,
} from '../testing/aRollout.ts'
import { traffic } from '../testing/windowOf.ts'
import { judge } from './judge.ts'

const END_MS = START_MS + 2 * DAY_MS
const healthy = traffic({ from: START_MS, minutes: 60 })

describe('a waiting service', () => {
  it('holds before its first phase may begin, and says when that is', () => {
    const verdict = verdictOn(statusAfter(aPlan()), { now: START_MS - 1 })
    expect(verdict).toMatchObject({ action: 'hold', percentageBps: 0, criteria: [] })
    expect(verdict.reasons[0]?.sv).toBe('Fasen initial börjar tidigast 2025-01-10 08:00 UTC.')
  })

  it('enters its first phase at its start', () => {
    const verdict = verdictOn(statusAfter(aPlan()), { now: START_MS })
    expect(verdict).toMatchObject({ action: 'advance', next: { phase: 'initial', percentageBps: 1000 } })
  })

  it('waits for what it depends on', () => {
    const network = {
      phases: [{ name: 'first', start: '2025-01-10T08:00:00Z', percentage: 10, days: 1, gate: [] }],
      dependsOn: ['BackupService'],
    }
    const plan = aPlan({}, {}, { NetworkConnectivityService: network })
    const service = 'NetworkConnectivityService'
    expect(verdictOn(statusAfter(plan), { now: START_MS, service }).reasons[0]?.en).toBe(
      'Waits for BackupService, which is at 0%.',
    )
    const begun = inFirstPhase(plan)
    expect(verdictOn(begun, { now: START_MS, service }).action).toBe('advance')
  })
})

describe('a running service', () => {
  const status = inFirstPhase(ungated())

  it('advances when the phase has lasted its time and everything is met', () => {
    expect(verdictOn(status, { windows: healthy, now: END_MS })).toMatchObject({
      action: 'advance',
      next: { phase: 'full', percentageBps: 10_000 },
    })
  })

  it('holds until then, and says until when', () => {
    const verdict = verdictOn(status, { windows: healthy, now: END_MS - 1 })
    expect(verdict.action).toBe('hold')
    expect(verdict.reasons.map(({ sv }) => sv)).toEqual(['Fasen initial varar till 2025-01-12 08:00 UTC.'])
  })

  it('ends on its planned date when it was entered within 1 % of its duration', () => {
    const late = statusAfter(ungated(), [entered('initial', 1000, START_MS + 0.009 * 2 * DAY_MS)])
    const windows = traffic({ from: START_MS + DAY_MS, minutes: 10 })
    expect(verdictOn(late, { windows, now: END_MS }).action).toBe('advance')
  })

  it('lasts its whole duration when it was entered later than that', () => {
    const late = statusAfter(ungated(), [entered('initial', 1000, START_MS + DAY_MS)])
    const windows = traffic({ from: START_MS + DAY_MS, minutes: 10 })
    expect(verdictOn(late, { windows, now: END_MS }).action).toBe('hold')
    expect(verdictOn(late, { windows, now: END_MS + DAY_MS }).action).toBe('advance')
  })

  it('does not begin the next phase before its date, when it was entered early', () => {
    const early = statusAfter(ungated(), [entered('initial', 1000, START_MS - DAY_MS / 2)])
    expect(verdictOn(early, { windows: healthy, now: END_MS - DAY_MS / 2 }).reasons).toEqual([
      { sv: 'Fasen full börjar tidigast 2025-01-12 08:00 UTC.', en: expect.any(String) as string },
    ])
  })

  it('completes after its last phase', () => {
    const last = inFirstPhase(ungated(), [entered('full', 10_000, END_MS)])
    const windows = traffic({ from: END_MS, minutes: 60 })
    expect(verdictOn(last, { windows, now: END_MS + 2 * DAY_MS - 1 }).action).toBe('hold')
    expect(verdictOn(last, { windows, now: END_MS + 2 * DAY_MS }).action).toBe('complete')
  })

  it('holds without any data, however long (Argo calls that successful)', () => {
    const verdict = verdictOn(inFirstPhase(), { now: END_MS + 30 * DAY_MS })
    expect(verdict.action).toBe('hold')
    expect(verdict.reasons[0]?.sv).toBe('Väntar på bevis: Felfrekvens < 0.5% (0 av minst 598 operationer).')
    expect(verdict.guardrails.map(({ outcome }) => outcome)).not.toContain('breached')
  })

  it('does not advance on what was seen at another percentage', () => {
    const now = END_MS + 5 * DAY_MS
    const last = inFirstPhase(ungated(), [entered('full', 10_000, END_MS)])
    expect(verdictOn(last, { windows: healthy, now }).action).toBe('hold')
  })

  it('neither advances nor goes back on evidence that was gathered before the percentage changed', () => {
    const now = START_MS + 10 * DAY_MS
    const last = inFirstPhase(ungated(), [entered('full', 10_000, END_MS)])
    for (const faults of [0, 50]) {
      const windows = traffic({ from: START_MS, minutes: 60, faults })
      const evidence = gatherEvidence(emptyEvidence, windows, status)
      expect(judge({ status: last, evidence, now })[0]?.action).toBe('hold')
    }
  })

  it('holds while a guardrail in mode hold is breached', () => {
    const holding = inFirstPhase(ungated({ guardrails: { 'security-incident': { mode: 'hold' } } }), [
      [{ type: 'incident_reported', service: 'BackupService', kind: 'security', severity: 'critical' }, START_MS],
    ])
    expect(verdictOn(holding, { windows: healthy, now: END_MS }).action).toBe('hold')
  })

  it('holds when the clock is behind the latest event, in both languages', () => {
    const ahead = inFirstPhase(ungated(), [
      [{ type: 'percentage_set', service: 'nobody', percentageBps: 1 }, END_MS + 61_000],
    ])
    const verdict = verdictOn(ahead, { windows: healthy, now: END_MS })
    expect(verdict.action).toBe('hold')
    expect(verdict.reasons[0]?.sv).toContain('Klockan (2025-01-12 08:00 UTC) går efter')
    expect(verdictOn(ahead, { windows: healthy, now: END_MS + 1000 }).action).toBe('advance')
  })

  it('holds during the emergency stop', () => {
    const stopped = inFirstPhase(ungated(), [[{ type: 'emergency_stop_set', on: true }, START_MS]])
    expect(verdictOn(stopped, { windows: healthy, now: END_MS }).action).toBe('hold')
  })
})

describe('a rollback is never blocked', () => {
  const failing = traffic({ from: START_MS, minutes: 15, faults: 20 })
  const now = START_MS + 15 * MINUTE_MS

  it('by a hold timer (GrowthBook judges a step only when its time is over)', () => {
    expect(verdictOn(inFirstPhase(), { windows: failing, now })).toMatchObject({
      action: 'rollback',
      guardrail: 'error-rate-sustained',
    })
  })

  it('by the emergency stop, a clock that is behind, or another guardrail that holds', () => {
    const held = inFirstPhase(aPlan({ guardrails: { 'security-incident': { mode: 'hold' } } }), [
      [{ type: 'incident_reported', service: 'BackupService', kind: 'security', severity: 'critical' }, START_MS],
      [{ type: 'emergency_stop_set', on: true }, now + DAY_MS],
    ])
    expect(verdictOn(held, { windows: failing, now }).action).toBe('rollback')
  })

  it('by a pause, nor after the rollout is complete', () => {
    const paused = inFirstPhase(aPlan(), [
      [{ type: 'paused', service: 'BackupService', cause: { kind: 'operator' } }, START_MS],
    ])
    expect(verdictOn(paused, { windows: failing, now }).action).toBe('rollback')
    const complete = inFirstPhase(ungated(), [
      entered('full', 10_000, START_MS),
      [{ type: 'completed', service: 'BackupService' }, START_MS],
    ])
    expect(verdictOn(complete, { windows: failing, now }).action).toBe('rollback')
  })

  it('by missing evidence for the gate: an incident goes back at once', () => {
    for (const kind of ['security', 'gdpr'] as const) {
      const status = inFirstPhase(aPlan(), [
        [{ type: 'incident_reported', service: 'BackupService', kind, severity: 'critical' }, START_MS + 1],
      ])
      const guardrail = { security: 'security-incident', gdpr: 'gdpr-violation' }[kind]
      expect(verdictOn(status, { now: START_MS + 1 })).toMatchObject({ action: 'rollback', guardrail })
    }
  })

  it('and names the incident first, with the rest after it', () => {
    const status = inFirstPhase(aPlan(), [
      [{ type: 'incident_reported', service: 'BackupService', kind: 'gdpr', severity: 'low' }, START_MS + 1],
    ])
    const verdict = verdictOn(status, { windows: failing, now })
    expect(verdict.guardrail).toBe('gdpr-violation')
    expect(verdict.reasons.length).toBe(3)
  })
})

describe('what a breach does is up to its mode', () => {
  const failing = traffic({ from: START_MS, minutes: 15, faults: 20 })
  const now = START_MS + 15 * MINUTE_MS
  const withMode = (mode: 'observe' | 'hold' | 'pause') => ({
    'error-rate-early': { mode },
    'error-rate-sustained': { mode },
  })

  it.each([
    ['observe', 'hold'],
    ['hold', 'hold'],
    ['pause', 'pause'],
  ] as const)('%s: %s', (mode, action) => {
    const verdict = verdictOn(inFirstPhase(aPlan({ guardrails: withMode(mode) })), { windows: failing, now })
    expect(verdict.action).toBe(action)
    expect(verdict.guardrails.find(({ id }) => id === 'error-rate-early')).toMatchObject({ mode, outcome: 'breached' })
  })

  it('rollback goes before pause', () => {
    const guardrails = { 'error-rate-sustained': { mode: 'pause' } } as const
    expect(verdictOn(inFirstPhase(aPlan({ guardrails })), { windows: failing, now })).toMatchObject({
      action: 'rollback',
      guardrail: 'error-rate-early',
    })
  })

  it('a service that is paused or rolled back is not paused or rolled back again', () => {
    const paused = inFirstPhase(aPlan({ guardrails: withMode('pause') }), [
      [
        { type: 'paused', service: 'BackupService', cause: { kind: 'guardrail', guardrail: 'error-rate-early' } },
        START_MS,
      ],
    ])
    expect(verdictOn(paused, { windows: failing, now }).action).toBe('hold')
    const back = inFirstPhase(aPlan(), [
      [{ type: 'incident_reported', service: 'BackupService', kind: 'gdpr', severity: 'critical' }, START_MS],
      [
        {
          type: 'rolled_back',
          service: 'BackupService',
          cause: { kind: 'guardrail', guardrail: 'gdpr-violation' },
          cooldownUntilMs: START_MS + 30 * MINUTE_MS,
        },
        START_MS,
      ],
    ])
    expect(verdictOn(back, { windows: failing, now }).action).toBe('hold')
  })

  it('an incident that is only observed holds all the same: decisions lead everybody to legacy', () => {
    const plan = ungated({ guardrails: { 'gdpr-violation': { mode: 'observe' } } })
    const status = inFirstPhase(plan, [
      [{ type: 'incident_reported', service: 'BackupService', kind: 'gdpr', severity: 'low' }, START_MS + 1],
    ])
    expect(verdictOn(status, { windows: healthy, now: END_MS }).action).toBe('hold')
  })
})
