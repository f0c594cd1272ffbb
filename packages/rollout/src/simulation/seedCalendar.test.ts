import { parsePlan, productionFeatureFlags } from '@gradvis/feature-flags'
import { beforeAll, describe, expect, it } from 'vitest'

import { replay } from './replay.ts'
import type { ScenarioData } from './Scenario.ts'
import { simulate } from './simulate.ts'
import type { Simulation } from './Simulation.ts'

const SERVICES = ['BackupService', 'NetworkConnectivityService', 'WebRTCPeerService'] as const
const TICK_MS = 60_000

/** A tick every twenty minutes, where a minute more or less is not what is asked. */
const COARSE_MS = 1_200_000

function run(scenario: ScenarioData): Simulation {
  const coarse = { tickSeconds: COARSE_MS / 1000, ...scenario }
  return simulate({ plan: productionFeatureFlags, scenario: coarse, seed: 2025 })
}

/** Every phase of the plan whose gate asks for evidence of this kind, the first one of each service. */
function phasesAsking(kind: 'probe' | 'sign-off' | 'no-memory-growth'): readonly (readonly [string, string])[] {
  return Object.entries(parsePlan(productionFeatureFlags).services).flatMap(([service, { phases }]) => {
    const phase = phases.find(({ gate }) => gate.some(({ evidence }) => evidence.kind === kind))
    return phase ? [[service, phase.name] as const] : []
  })
}

const faultCells = SERVICES.flatMap((service) =>
  [
    { kind: 'errors', value: 0.05, from: 10, guardrails: ['error-rate-early', 'error-rate-sustained'] },
    { kind: 'errors', value: 0.05, from: 50, guardrails: ['error-rate-early', 'error-rate-sustained'] },
    { kind: 'latency', value: 3, from: 'initial', guardrails: ['latency'] },
    { kind: 'latency', value: 3, from: 50, guardrails: ['latency'] },
    { kind: 'security', from: 'initial', guardrails: ['security-incident'] },
    { kind: 'security', from: 'full', guardrails: ['security-incident'] },
    { kind: 'gdpr', from: 'extended', guardrails: ['gdpr-violation'] },
  ].map((fault) => Object.assign(fault, { service })),
)

describe('the seed’s calendar with healthy services', () => {
  let healthy: Simulation
  beforeAll(() => {
    healthy = simulate({ plan: productionFeatureFlags, seed: 1 })
  }, 120_000)

  it('ends with every service at 100 %', () => {
    expect(healthy.settled).toBe(true)
    expect(Object.values(healthy.status.services).map(({ status }) => status)).toEqual(SERVICES.map(() => 'complete'))
  })

  it.each(SERVICES)('%s enters and ends each phase within one tick of its date', (service) => {
    const planned = healthy.status.plan!.services[service]!.phases
    const calendar = healthy.calendar[service]!
    expect(calendar.map(({ phase, percentageBps }) => ({ phase, percentageBps }))).toEqual(
      planned.map(({ name, percentageBps }) => ({ phase: name, percentageBps })),
    )
    for (const [index, { startMs, endMs }] of planned.entries()) {
      const { enteredMs, leftMs } = calendar[index]!
      expect(Math.abs(enteredMs - startMs)).toBeLessThanOrEqual(TICK_MS)
      expect(Math.abs(leftMs! - endMs)).toBeLessThanOrEqual(TICK_MS)
    }
  })

  it('records the verdict with every criterion met at each step', () => {
    const steps = healthy.log.filter(({ event }) => event.type === 'phase_entered' || event.type === 'completed')
    expect(steps).toHaveLength(12)
    for (const { event } of steps) {
      const verdict = 'verdict' in event ? event.verdict : undefined
      expect(verdict?.criteria.filter(({ outcome }) => outcome !== 'met')).toEqual([])
    }
    expect(replay(healthy.log).problems).toEqual([])
  })
})

describe('the seed’s calendar with a single fault', () => {
  it.each(faultCells)(
    '$kind of $service from $from rolls it back with that reason, and the others complete',
    ({ service, guardrails, ...fault }) => {
      const { status, calendar, log, settled } = run({ faults: [{ service, ...fault } as never] })
      expect(settled).toBe(true)
      const one = status.services[service]!
      expect(one.status).toBe('rolled-back')
      expect(guardrails).toContain('cause' in one && one.cause.kind === 'guardrail' && one.cause.guardrail)
      expect(calendar[service]!.at(-1)?.left).toBe('rolled-back')
      for (const other of SERVICES.filter((name) => name !== service))
        expect(status.services[other]?.status).toBe('complete')
      expect(replay(log).problems).toEqual([])
    },
    60_000,
  )
})

describe('the seed’s calendar without evidence', () => {
  const cells: readonly (readonly [string, string, ScenarioData])[] = [
    ...phasesAsking('probe').map(
      ([service, from]) => [service, from, { faults: [{ service, kind: 'probe' }] }] as const,
    ),
    ...phasesAsking('sign-off').map(
      ([service, phase]) => [service, phase, { services: { [service]: { signOffAfterHours: null } } }] as const,
    ),
    ...phasesAsking('no-memory-growth').map(
      ([service, from]) => [service, from, { faults: [{ service, kind: 'memory', from }] }] as const,
    ),
    ...SERVICES.map(
      (service) => [service, 'initial', { services: { [service]: { operationsPerSecond: 0 } } }] as const,
    ),
    // A guardrail, not a gate, holds it: nothing in its phases asks for memory.
    ['BackupService', 'initial', { faults: [{ service: 'BackupService', kind: 'memory' }] }],
  ]

  it.each(cells)(
    'holds %s in phase %s for ever and never rolls it back: %j',
    (service, phase, scenario) => {
      const { status, calendar, verdicts, log, settled } = run(scenario)
      expect(settled).toBe(false)
      expect(status.services[service]).toMatchObject({ status: 'running', phase })
      expect(calendar[service]!.at(-1)).toMatchObject({ phase, left: 'stays' })
      const verdict = verdicts.find((one) => one.service === service)
      expect(verdict).toMatchObject({ action: 'hold' })
      expect(log.filter(({ event }) => event.type === 'rolled_back')).toEqual([])
      for (const other of SERVICES.filter((name) => name !== service))
        expect(status.services[other]?.status).toBe('complete')
    },
    60_000,
  )

  it('goes on, late, once a sign-off comes', () => {
    const late = run({ services: { WebRTCPeerService: { signOffAfterHours: 80 } } })
    expect(late.status.services.WebRTCPeerService?.status).toBe('complete')
    const entered = late.calendar.WebRTCPeerService?.find(({ phase }) => phase === 'full')?.enteredMs
    expect(entered).toBe(Date.parse('2025-01-20T16:00:00Z') + COARSE_MS)
  })
})
