import { emptyStatus, type ServiceStatus, type StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { outcomeOf, summarizeServices } from './Summary.ts'
import { Tally } from './Tally.ts'

const none = { incidents: [], signOffs: {}, probes: {}, observed: [] }
const complete: ServiceStatus = {
  ...none,
  status: 'complete',
  phase: 'full',
  percentageBps: 10_000,
  phaseSinceMs: 0,
  sinceMs: 0,
}
const cause = { kind: 'operator' } as const
const rolledBack: ServiceStatus = { ...none, status: 'rolled-back', cause, at: 0, phase: 'full', cooldownUntilMs: 0 }
const statusOf = (...all: readonly ServiceStatus[]) => ({
  ...emptyStatus,
  services: Object.fromEntries(all.map((one, index) => [`Service${index}`, one])),
})

describe('the outcome', () => {
  it.each([
    ['complete', [complete, complete]],
    ['rolled-back', [complete, rolledBack]],
    ['rolled-back', [{ ...none, status: 'waiting' }, rolledBack]],
    ['held', [complete, { ...complete, status: 'running' }]],
  ] as const)('is %s', (outcome, services) => {
    expect(outcomeOf(statusOf(...services))).toBe(outcome)
  })
})

describe('the summary of a service', () => {
  it('tells what the engine has decided from what somebody did by hand', () => {
    const entered = (sequence: number, actor: string, phase: string, percentageBps: number): StoredEvent => ({
      sequence,
      at: sequence,
      actor,
      ...(actor === 'demonstration' && { reason: 'because' }),
      event: { type: 'phase_entered', service: 'Service0', phase, percentageBps },
    })
    const log = [entered(1, 'engine@a', 'initial', 1_000), entered(2, 'demonstration', 'full', 10_000)]
    expect(summarizeServices(statusOf(complete), log, new Tally())['Service0']?.phases).toEqual([
      { phase: 'initial', percentage: 10, at: 1, by: 'evidence' },
      { phase: 'full', percentage: 100, at: 2, by: 'hand', reason: 'because' },
    ])
  })

  it('counts what answered subjects, not shadows, rescues or calls that were given up', () => {
    const tally = new Tally()
    const call = {
      service: 'Service0',
      implementation: 'migrated',
      operation: 'x',
      outcome: 'ok',
      code: undefined,
      durationMs: 1,
      role: 'primary',
      rescued: false,
      attempts: 1,
      cacheHit: false,
    } as const
    tally.record(call)
    tally.record({ ...call, outcome: 'fault', rescued: true })
    tally.record({ ...call, outcome: 'cancelled' })
    tally.record({ ...call, role: 'shadow' })
    tally.record({ ...call, implementation: 'legacy', role: 'rescue' })
    expect(summarizeServices(statusOf(complete), [], tally)['Service0']?.sides).toEqual({
      legacy: { operations: 0, faults: 0, rescued: 0 },
      migrated: { operations: 2, faults: 1, rescued: 1 },
    })
  })
})
