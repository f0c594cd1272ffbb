import type { PlanData } from '@gradvis/feature-flags'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { foldState } from '../state/foldState.ts'
import type { RolloutEvent } from '../state/RolloutEvent.ts'
import { replay } from './replay.ts'
import { FAULT_KINDS, type ScenarioData } from './Scenario.ts'
import { simulate } from './simulate.ts'
import type { Simulation } from './Simulation.ts'

const START = Date.parse('2025-01-10T08:00:00Z')
const HOURS = 3_600_000
const SERVICES = ['BackupService', 'NetworkConnectivityService'] as const
const NEVER = { id: 'never', sv: 'Aldrig', en: 'Never', evidence: { kind: 'sign-off' } } as const

/** Two services, one of which depends on the other, in phases of four hours. */
function shortPlan(gate: PlanData['services'][string]['phases'][number]['gate'] = []): PlanData {
  const at = (hours: number) => new Date(START + hours * HOURS).toISOString()
  const phase = (name: string, hours: number, percentage: number) => ({
    name,
    start: at(hours),
    percentage,
    days: 4 / 24,
    errorRateThresholdPercent: 1,
    gate: [
      { id: 'errors', sv: 'Fel', en: 'Errors', evidence: { kind: 'error-rate', belowPercent: 0.9 } } as const,
      { id: 'speed', sv: 'Fart', en: 'Speed', evidence: { kind: 'latency-ratio', atMost: 1.25 } } as const,
      { id: 'test', sv: 'Självtest', en: 'Probe', evidence: { kind: 'probe' } } as const,
      { id: 'people', sv: 'Folk', en: 'People', evidence: { kind: 'sign-off' } } as const,
      ...gate,
    ],
  })
  const phases = [phase('initial', 0, 10), phase('extended', 4, 50)]
  const last = { name: 'full', start: at(8), percentage: 100, days: 4 / 24, gate: [] }
  return {
    hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
    services: {
      BackupService: { phases: [...phases, last] },
      NetworkConnectivityService: { phases: [...phases, last], dependsOn: ['BackupService'] },
    },
  }
}

const faults = fc.array(
  fc.record({
    service: fc.constantFrom(...SERVICES),
    kind: fc.constantFrom(...FAULT_KINDS),
    from: fc.constantFrom('initial', 'extended', 'full', 10, 50, 100),
    afterMinutes: fc.constantFrom(0, 30, 150),
  }),
  { maxLength: 3 },
)

const scenarios: fc.Arbitrary<ScenarioData> = fc.record({
  tickSeconds: fc.constantFrom(120, 300, 700),
  untilMs: fc.constant(START + 20 * HOURS),
  faults,
  traffic: fc.record({
    operationsPerSecond: fc.constantFrom(0, 0.01, 0.5, 1),
    errorRate: fc.constantFrom(0, 0.001, 0.01, 0.1),
    latencyFactor: fc.constantFrom(0.6, 1, 1.4, 3),
    signOffAfterHours: fc.constantFrom(0, 1, 5, null),
  }),
})

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const runs = { numRuns: 25 }

function run(scenario: ScenarioData, seed: number, plan = shortPlan()): Simulation {
  return simulate({ plan, scenario, seed, keepWindows: true })
}

function rollbacks({ log }: Simulation) {
  return log.flatMap(({ at, event }) => (event.type === 'rolled_back' ? [{ at, event }] : []))
}

describe('whatever the scenario', { timeout: 120_000 }, () => {
  it('never advances on missing evidence, or past a breach', () => {
    fc.assert(
      fc.property(scenarios, seeds, (scenario, seed) => {
        for (const { event } of run(scenario, seed).log) {
          if (event.type !== 'phase_entered' && event.type !== 'completed') continue
          const { verdict } = event
          expect(verdict).toBeDefined()
          expect(verdict?.criteria.filter(({ outcome }) => outcome !== 'met')).toEqual([])
          expect(verdict?.guardrails.filter(({ outcome }) => outcome === 'breached')).toEqual([])
          // Only what begins needs none: nobody was led to it before.
          expect((verdict?.criteria.length ?? 0) > 0).toBe(verdict?.phase !== undefined)
        }
      }),
      runs,
    )
  })

  it('never skips a phase, never leaves one early, and never runs ahead of a dependency', () => {
    fc.assert(
      fc.property(scenarios, seeds, (scenario, seed) => {
        const { calendar } = run(scenario, seed)
        for (const stays of Object.values(calendar)) {
          expect(stays.map(({ phase }) => phase)).toEqual(['initial', 'extended', 'full'].slice(0, stays.length))
          for (const [index, { enteredMs, left, leftMs }] of stays.entries()) {
            expect(enteredMs).toBeGreaterThanOrEqual(START + index * 4 * HOURS)
            const isOver = left === 'advanced' || left === 'completed'
            expect(leftMs ?? Infinity).toBeGreaterThanOrEqual(isOver ? START + (index + 1) * 4 * HOURS : enteredMs)
          }
        }
        const [ahead, behind] = SERVICES.map((service) => calendar[service]!)
        for (const [index, { enteredMs }] of behind!.entries())
          expect(enteredMs).toBeGreaterThanOrEqual(ahead![index]?.enteredMs ?? Infinity)
      }),
      runs,
    )
  })

  it('rolls back at the same instant when a gate holds the phase that it would have rolled back in', () => {
    const held = shortPlan([NEVER])
    fc.assert(
      fc.property(scenarios, seeds, (scenario, seed) => {
        // The scenario's operators sign off whatever waits, so that nobody does in either run.
        const unsigned = { ...scenario, traffic: { ...scenario.traffic, signOffAfterHours: null } }
        const inFirst = (simulation: Simulation) => rollbacks(simulation).filter(({ at }) => at < START + 4 * HOURS)
        expect(inFirst(run(unsigned, seed, held)).map(keyOf)).toEqual(inFirst(run(scenario, seed)).map(keyOf))
      }),
      runs,
    )
  })

  it('gives the status that its log folds to, in which a replay finds nothing wrong, nor would decide otherwise', () => {
    fc.assert(
      fc.property(scenarios, seeds, (scenario, seed) => {
        const { log, status, windows } = run(scenario, seed)
        expect(foldState(log)).toEqual(status)
        const replayed = replay(log, { windows })
        expect(replayed.problems).toEqual([])
        expect(replayed.status).toEqual(status)
      }),
      runs,
    )
  })

  it('gives the same log for the same seed', () => {
    fc.assert(
      fc.property(scenarios, seeds, (scenario, seed) => {
        expect(run(scenario, seed).log).toEqual(run(scenario, seed).log)
      }),
      { numRuns: 5 },
    )
  })
})

describe('a fault', () => {
  const healthy: ScenarioData = { tickSeconds: 300, traffic: { signOffAfterHours: 1 } }

  it('of one service takes back what depends on it, and that only', () => {
    const broken = run({ ...healthy, faults: [{ service: 'BackupService', kind: 'gdpr', from: 50 }] }, 1)
    expect(rollbacks(broken).map(({ event }) => [event.service, event.cause.kind])).toEqual([
      ['NetworkConnectivityService', 'dependency'],
      ['BackupService', 'guardrail'],
    ])
    const dependent = run({ ...healthy, faults: [{ service: 'NetworkConnectivityService', kind: 'gdpr' }] }, 1)
    expect(dependent.status.services.BackupService?.status).toBe('complete')
  })

  it('begins at its percentage, and after its minutes', () => {
    const fault = { service: 'BackupService', kind: 'security', from: 50, afterMinutes: 60 } as const
    const incident = run({ ...healthy, faults: [fault] }, 1).log.find(isIncident)
    expect(incident?.at).toBe(START + 5 * HOURS)
  })

  it('in another service changes nothing in the observations of this one', () => {
    const fault = { service: 'NetworkConnectivityService', kind: 'errors', value: 0.2 } as const
    const [broken, other] = [run({ ...healthy, faults: [fault] }, 7), run(healthy, 7)]
    const endMs = Math.min(broken.endMs, other.endMs)
    const own = ({ windows }: Simulation) =>
      windows.filter((window) => window.service === 'BackupService' && window.endMs <= endMs)
    expect(own(broken)).toEqual(own(other))
    expect(own(other).length).toBeGreaterThan(100)
  })

  it('that the plan cannot have is refused', () => {
    const simulated = (fault: object) => () => run({ faults: [fault as never] }, 1)
    expect(simulated({ service: 'WebRTCPeerService', kind: 'gdpr' })).toThrow(/WebRTCPeerService/)
    expect(simulated({ service: 'BackupService', kind: 'gdpr', from: 'middle' })).toThrow(/middle/)
  })
})

function keyOf({ at, event }: Readonly<{ at: number; event: Extract<RolloutEvent, { type: 'rolled_back' }> }>) {
  return [at, event.service, event.cause]
}

function isIncident({ event }: Readonly<{ event: RolloutEvent }>): boolean {
  return event.type === 'incident_reported'
}
