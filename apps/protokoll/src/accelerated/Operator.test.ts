import { productionFeatureFlags } from '@gradvis/feature-flags'
import { ManualClock } from '@gradvis/kernel/testing'
import { type Command, type CriterionVerdict, emptyStatus, type ServiceStatus, type Verdict } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { Operator, OPERATOR } from './Operator.ts'

const DAY_MS = 86_400_000
const service = 'BackupService'
const text = { sv: 'text', en: 'text' }
const none = { incidents: [], signOffs: {}, probes: {}, observed: [] }

/** In phase `extended`, which lasts three days, for so many days. */
function controllerWith(days: number, changes: Partial<Verdict>, signOffs: ServiceStatus['signOffs'] = {}) {
  const clock = new ManualClock(days * DAY_MS)
  const sent: [Command, string | undefined][] = []
  const running = { status: 'running', phase: 'extended', percentageBps: 5_000, phaseSinceMs: 0, sinceMs: 0 } as const
  const verdict = { service, at: 0, action: 'hold', phase: 'extended', percentageBps: 5_000, reasons: [] } as const
  const controller = {
    status: { ...emptyStatus, services: { [service]: { ...none, ...running, signOffs } } },
    verdicts: [{ ...verdict, criteria: [], guardrails: [], ...changes } satisfies Verdict],
    execute: async (command: Command, { actor, reason }: { actor: string; reason?: string }) => {
      expect(actor).toBe(OPERATOR)
      sent.push([command, reason])
      return { status: emptyStatus, events: [] }
    },
  }
  const operator = new Operator({ plan: productionFeatureFlags, clock, language: 'en', patienceMs: DAY_MS })
  return { sent, look: () => operator.look(controller) }
}

const criterion = (changes: Partial<CriterionVerdict>): CriterionVerdict => ({
  id: 'backup-speed',
  source: 'measured',
  outcome: 'unmet',
  unit: 'ratio',
  value: 1.02,
  limit: 0.7,
  text,
  ...changes,
})
const signOff = criterion({ id: 'audit-trail', source: 'sign-off', outcome: 'missing' })

describe('the demonstration’s operator', () => {
  it('signs off half-way through a phase, saying that nobody has examined it', async () => {
    const early = controllerWith(1.4, { criteria: [signOff] })
    await early.look()
    expect(early.sent).toEqual([])
    const late = controllerWith(1.5, { criteria: [signOff] })
    await late.look()
    expect(late.sent).toMatchObject([
      [{ type: 'sign-off', service, criterion: 'audit-trail' }, expect.stringMatching(/no person has examined/)],
    ])
  })

  it('does not sign twice what the last verdict has not seen yet', async () => {
    const { sent, look } = controllerWith(2, { criteria: [signOff] }, { 'audit-trail': { at: 1, actor: OPERATOR } })
    await look()
    expect(sent).toEqual([])
  })

  it('promotes a day after the phase’s time, with value and limit in the reason', async () => {
    const patient = controllerWith(3.9, { criteria: [criterion({})] })
    await patient.look()
    expect(patient.sent).toEqual([])
    const impatient = controllerWith(4, { criteria: [criterion({})] })
    await impatient.look()
    expect(impatient.sent).toMatchObject([
      [{ type: 'promote', service }, expect.stringMatching(/GATE NOT MET.*backup-speed 1.02 \(limit 0.7\)/)],
    ])
  })

  it.each([
    ['an error rate', { criteria: [criterion({ id: 'within-threshold', unit: 'share' })] }],
    ['a failed self-test', { criteria: [criterion({ source: 'probe' })] }],
    ['an incident', { criteria: [criterion({ id: 'gdpr-critical', unit: 'count' })] }],
    ['a response time that is much worse', { criteria: [criterion({ value: 2 })] }],
    ['one of several', { criteria: [criterion({}), criterion({ id: 'error-rate', unit: 'share' })] }],
    [
      'a breached guardrail',
      {
        criteria: [criterion({})],
        guardrails: [{ id: 'memory-growth', mode: 'hold', outcome: 'breached', text } as const],
      },
    ],
    ['a service that is about to move on by itself', { action: 'advance', criteria: [criterion({})] } as const],
  ])('never promotes over %s', async (_what, verdict) => {
    const { sent, look } = controllerWith(30, verdict)
    await look()
    expect(sent).toEqual([])
  })
})
