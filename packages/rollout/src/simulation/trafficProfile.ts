import type { ServicePlan } from '@gradvis/feature-flags'

import { HEALTHY_TRAFFIC, type Scenario, type Traffic } from './Scenario.ts'

/** A service's traffic with everything decided. */
export type TrafficProfile = Omit<Traffic, 'operations' | 'heldMebibytes'> &
  Readonly<{
    operations: readonly string[]
    cached: ReadonlySet<string>
    /** Undefined: the service does not report it. */
    heldMebibytes: number | undefined
  }>

/** Where memory is of interest and the scenario does not say how much there is. */
const HELD_MEBIBYTES = 64

/** What a scenario means for one service: operations come from the plan's gates where the scenario names none. */
export function trafficProfile(scenario: Scenario, service: string, { phases }: ServicePlan): TrafficProfile {
  const gates = phases.flatMap(({ gate }) => gate.map(({ evidence }) => evidence))
  const named = gates.flatMap((evidence) => ('operations' in evidence && evidence.operations) || [])
  const cached = gates.flatMap((evidence) =>
    evidence.kind === 'cache-hits' ? (evidence.operations ?? ['call', ...named]) : [],
  )
  const traffic: Traffic = Object.assign(
    { ...HEALTHY_TRAFFIC },
    given(scenario.traffic),
    given(scenario.services[service] ?? {}),
  )
  const operations = traffic.operations ?? (named.length > 0 ? [...new Set(named)] : ['call'])
  const isMemoryAsked =
    gates.some(({ kind }) => kind === 'no-memory-growth') ||
    scenario.faults.some((fault) => fault.kind === 'memory' && fault.service === service)
  const heldMebibytes = traffic.heldMebibytes ?? (isMemoryAsked ? HELD_MEBIBYTES : undefined)
  return { ...traffic, operations, cached: new Set(cached), heldMebibytes }
}

/** Without what is undefined, which must not hide what a layer below says. */
function given(layer: Partial<Record<keyof Traffic, unknown>>): Partial<Traffic> {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined))
}
