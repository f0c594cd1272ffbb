import { describe, expect, it } from 'vitest'

import type { Verdict } from '../judge/Verdict.ts'
import { adopted, entered, logOf } from '../testing/logOf.ts'
import { planWith } from '../testing/planWith.ts'
import { eventsOfVerdicts } from './eventsOfVerdicts.ts'
import { foldState } from './foldState.ts'

const [a, b, c] = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService'] as const
const by = { actor: 'engine@test', at: 50_000 }

const verdict = (service: string, changes: Partial<Verdict>): Verdict => ({
  service,
  at: by.at,
  action: 'hold',
  percentageBps: 1_000,
  criteria: [],
  guardrails: [],
  reasons: [{ sv: 'Skäl.', en: 'Reason.' }],
  ...changes,
})
const breach = { id: 'latency', mode: 'observe', outcome: 'breached', text: { sv: '', en: '' } } as const

const plan = planWith({ services: { [c]: { dependsOn: [a, b] }, [b]: { dependsOn: [a] } } })
const status = foldState(logOf(adopted(plan), entered(a, 'initial'), entered(b, 'initial'), entered(c, 'initial')))
const namesOf = (verdicts: readonly Verdict[]) =>
  eventsOfVerdicts(status, verdicts, by).map(({ event }) => `${event.type} ${'service' in event ? event.service : ''}`)

describe('verdicts', () => {
  it('that hold append nothing', () => {
    expect(namesOf([verdict(a, {}), verdict(b, {})])).toEqual([])
  })

  it('to advance, complete or pause become one event each, with the verdict as evidence', () => {
    const next = { phase: 'extended', percentageBps: 5_000 }
    const verdicts = [
      verdict(a, { action: 'advance', next }),
      verdict(b, { action: 'complete' }),
      verdict(c, { action: 'pause', guardrail: 'latency' }),
    ]
    expect(eventsOfVerdicts(status, verdicts, by).map(({ event }) => event)).toEqual([
      { type: 'phase_entered', service: a, ...next, verdict: verdicts[0] },
      { type: 'completed', service: b, verdict: verdicts[1] },
      { type: 'paused', service: c, cause: { kind: 'guardrail', guardrail: 'latency' }, verdict: verdicts[2] },
    ])
  })

  it('to roll back take dependents along, first, even one that should advance', () => {
    const next = { phase: 'extended', percentageBps: 5_000 }
    const verdicts = [verdict(c, { action: 'advance', next }), verdict(a, { action: 'rollback', guardrail: 'latency' })]
    expect(namesOf(verdicts)).toEqual([`rolled_back ${c}`, `rolled_back ${b}`, `rolled_back ${a}`])
  })

  it('to roll back two services name each once, by its own guardrail where it has one', () => {
    const guardrail = 'gdpr-violation'
    const verdicts = [verdict(a, { action: 'rollback', guardrail }), verdict(b, { action: 'rollback', guardrail })]
    const events = eventsOfVerdicts(status, verdicts, by).map(({ event }) => event)
    expect(events).toMatchObject([
      { service: c, cause: { kind: 'dependency' } },
      { service: b, cause: { kind: 'guardrail' } },
      { service: a, cause: { kind: 'guardrail' } },
    ])
  })

  it('of a guardrail that only observes are recorded once per phase', () => {
    const observing = [verdict(a, { guardrails: [breach] })]
    expect(namesOf(observing)).toEqual([`guardrail_observed ${a}`])
    const [first] = eventsOfVerdicts(status, observing, by)
    const known = foldState([{ ...first!, sequence: status.sequence + 1 }], status)
    expect(eventsOfVerdicts(known, observing, by)).toEqual([])
  })
})
