import type { PlanData } from '@gradvis/feature-flags'
import type { RolloutEvent, StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { testPlan } from '../testing/testPlan.ts'
import { percentageChanges } from './percentageChanges.ts'

const service = 'BackupService'
const adopted = (revision: number, plan: PlanData): RolloutEvent => ({
  type: 'plan_adopted',
  revision,
  fingerprint: String(revision),
  plan: { ...plan, revision },
})
const initial: RolloutEvent = { type: 'phase_entered', service, phase: 'initial', percentageBps: 1_000 }
const extended: RolloutEvent = { type: 'phase_entered', service, phase: 'extended', percentageBps: 5_000 }
const set = (percentageBps: number): RolloutEvent => ({ type: 'percentage_set', service, percentageBps })
const resumed: RolloutEvent = { type: 'resumed', service }
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause: { kind: 'operator' }, cooldownUntilMs: 0 }

/** The plan at 0, then one event every 100 ms. */
const log = (...events: readonly RolloutEvent[]): readonly StoredEvent[] =>
  [adopted(1, testPlan), ...events].map((event, index) => ({
    sequence: index + 1,
    at: index * 100,
    actor: 'test',
    event,
  }))

describe('the changes of a percentage', () => {
  it('are phases, what an operator sets, and rollbacks', () => {
    expect(percentageChanges(service, log(initial, extended, set(500), rolledBack))).toEqual([
      { at: 100, percentageBps: 1_000, by: 'phase_entered' },
      { at: 200, percentageBps: 5_000, by: 'phase_entered' },
      { at: 300, percentageBps: 500, by: 'percentage_set' },
      { at: 400, percentageBps: 0, by: 'rolled_back' },
    ])
  })

  it('are also what a resumption and a new plan bring with them', () => {
    const { [service]: backup, ...others } = testPlan.services
    const phases = backup!.phases.map((phase) =>
      phase.name === 'initial' ? Object.assign({}, phase, { percentage: 20 }) : phase,
    )
    const plan = { ...testPlan, services: { ...others, [service]: { ...backup, phases } } }
    const changes = percentageChanges(service, log(initial, set(500), resumed, adopted(2, plan)))
    expect(changes.map(({ at, percentageBps, by }) => [at, percentageBps, by])).toEqual([
      [100, 1_000, 'phase_entered'],
      [200, 500, 'percentage_set'],
      [300, 1_000, 'resumed'],
      [400, 2_000, 'plan_adopted'],
    ])
  })

  it('are none where the percentage stays, where an event does not apply, and of another service', () => {
    expect(percentageChanges(service, log(initial, set(1_000), initial))).toHaveLength(1)
    expect(percentageChanges('WebRTCPeerService', log(initial))).toEqual([])
  })
})
