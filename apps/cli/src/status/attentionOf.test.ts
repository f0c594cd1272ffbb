import type { Action, RolloutEvent } from '@gradvis/rollout'
import { foldState } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import type { RolloutView } from '../store/RolloutReader.ts'
import { aRollbackVerdict } from '../testing/seedStore.ts'
import { testPlan } from '../testing/testPlan.ts'
import { createTexts } from '../texts/cliMessages.ts'
import { lineText } from '../terminal/Line.ts'
import { attentionOf } from './attentionOf.ts'
import { statusLines } from './statusLines.ts'
import { statusReport } from './StatusReport.ts'

const NOW = Date.parse('2025-01-10T09:00:00Z')
const service = 'BackupService'
const adopted: RolloutEvent = { type: 'plan_adopted', revision: 1, fingerprint: 'f', plan: testPlan }
const entered: RolloutEvent = { type: 'phase_entered', service, phase: 'initial', percentageBps: 1000 }

function aView({
  events = [adopted, entered],
  at = NOW - 1000,
  action = 'hold',
  ...rest
}: Partial<RolloutView> & { events?: readonly RolloutEvent[]; at?: number; action?: Action } = {}): RolloutView {
  const log = events.map((event, index) => ({ sequence: index + 1, at, actor: 'tester', event }))
  const verdict = { ...aRollbackVerdict(NOW), action }
  const status = foldState(log)
  return { store: 'test', now: NOW, status, verdicts: { [service]: verdict }, lastObservationMs: NOW - 10_000, ...rest }
}

const shown = (view: RolloutView, language: 'sv' | 'en') =>
  statusLines(statusReport(view), createTexts(language))
    .map((line) => lineText(line, false))
    .join('\n')

describe('attention is needed', () => {
  it('for nothing while a running service is observed and nothing is to be stopped', () => {
    expect(attentionOf(aView())).toEqual([])
    expect(statusReport(aView())).toMatchObject({ needsAttention: false, attention: [] })
  })

  it.each([
    ['missing', undefined, ['not_observed']],
    ['61 s old', NOW - 61_000, ['not_observed']],
    ['60 s old', NOW - 60_000, []],
  ] as const)('while a service runs and the last observation is %s', (_age, lastObservationMs, expected) => {
    expect(attentionOf({ ...aView(), lastObservationMs })).toEqual(expected)
    const view = { ...aView(), lastObservationMs }
    const said = ['Ingen instans har skrivit mätningar', 'No instance has written observations']
    expect([shown(view, 'sv').includes(said[0] ?? ''), shown(view, 'en').includes(said[1] ?? '')]).toEqual(
      expected.length > 0 ? [true, true] : [false, false],
    )
  })

  it('for missing observations of a complete service, and not where every service waits', () => {
    const running = aView()
    const one = running.status.services[service]
    if (one?.status !== 'running') throw new Error('The service runs.')
    const status = { ...running.status, services: { [service]: { ...one, status: 'complete' } as const } }
    expect(attentionOf({ ...running, status, lastObservationMs: undefined })).toEqual(['not_observed'])
    expect(attentionOf({ ...aView({ events: [adopted] }), lastObservationMs: undefined })).toEqual([])
  })

  it.each(['rollback', 'pause'] as const)('while the log has not followed the verdict %s', (action) => {
    const view = aView({ action })
    expect(attentionOf(view)).toEqual(['verdict_not_followed'])
    expect(shown(view, 'sv')).toContain('Bedömningen säger stopp för BackupService')
    expect(shown(view, 'en')).toContain('The verdict says to stop BackupService')
  })

  it('while the latest event lies more than a minute in the future', () => {
    expect(attentionOf(aView({ at: NOW + 60_000 }))).toEqual([])
    const view = aView({ at: NOW + 60_001 })
    expect(attentionOf(view)).toEqual(['clock_behind'])
    expect(shown(view, 'en')).toContain('lies more than a minute in the future')
  })

  it('for everything at once, weightiest first; a pause by an operator is nothing', () => {
    const events: RolloutEvent[] = [adopted, entered, { type: 'paused', service, cause: { kind: 'operator' } }]
    expect(attentionOf(aView({ events }))).toEqual([])
    const paused: RolloutEvent = { type: 'paused', service, cause: { kind: 'guardrail', guardrail: 'latency' } }
    const stop: RolloutEvent = { type: 'emergency_stop_set', on: true }
    const incident: RolloutEvent = { type: 'incident_reported', service, kind: 'gdpr', severity: 'high' }
    expect(attentionOf(aView({ events: [adopted, entered, paused, incident, stop] }))).toEqual([
      'emergency_stop',
      'incident',
      'paused_by_guardrail',
    ])
  })
})
