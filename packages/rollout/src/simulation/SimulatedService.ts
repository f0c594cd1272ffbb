import type { ServicePlan } from '@gradvis/feature-flags'
import { hashPrefix, murmur3 } from '@gradvis/feature-flags'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { Command } from '../state/Command.ts'
import type { RolloutEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus, ServiceStatus } from '../state/RolloutStatus.ts'
import { seededRandom } from '../statistics/seededRandom.ts'
import { FaultScript } from './FaultScript.ts'
import type { Scenario } from './Scenario.ts'
import { simulateWindow } from './simulateWindow.ts'
import { standardNormal } from './standardNormal.ts'
import { trafficProfile, type TrafficProfile } from './trafficProfile.ts'

const HOUR_MS = 3_600_000
const MEBIBYTE = 2 ** 20
/** How much what is held wavers from window to window. */
const HELD_SPREAD = 0.02

type Span = Readonly<{ startMs: number; endMs: number }>

/** One service of a scenario: its traffic, its probes, its operators, and what goes wrong. */
export class SimulatedService {
  readonly #service: string
  readonly #plan: ServicePlan
  readonly #profile: TrafficProfile
  readonly #faults: FaultScript
  readonly #random: () => number

  constructor(service: string, plan: ServicePlan, { scenario, seed }: Readonly<{ scenario: Scenario; seed: number }>) {
    this.#service = service
    this.#plan = plan
    this.#profile = trafficProfile(scenario, service, plan)
    this.#faults = new FaultScript(scenario.faults.filter((fault) => fault.service === service))
    // A stream for each service: what goes wrong in one changes nothing in another.
    this.#random = seededRandom(murmur3(hashPrefix(`${seed} `), service))
  }

  /** What both sides recorded; nothing while no subject is led to the migrated one. */
  windows(status: RolloutStatus, span: Span): readonly ObservationWindow[] {
    const one = this.#statusIn(status)
    const isLed = 'percentageBps' in one && one.percentageBps > 0 && !one.incident && !status.emergencyStop
    if (!isLed) return []
    const share = one.percentageBps / 10_000
    const { legacyErrorRate, legacyMedianMs, errorRate, latencyFactor, operationsPerSecond } = this.#profile
    const common = { ...this.#profile, service: this.#service }
    const migrated = {
      ...common,
      implementation: 'migrated',
      operationsPerSecond: operationsPerSecond * share,
      errorRate: this.#faults.valueOf('errors', span.startMs) ?? errorRate,
      medianMs: legacyMedianMs * (this.#faults.valueOf('latency', span.startMs) ?? latencyFactor),
      heldBytes: this.#heldBytes(span.startMs),
    } as const
    const legacy = {
      ...common,
      implementation: 'legacy',
      operationsPerSecond: operationsPerSecond * (1 - share),
      errorRate: legacyErrorRate,
      medianMs: legacyMedianMs,
      heldBytes: undefined,
    } as const
    return (share < 1 ? [migrated, legacy] : [migrated]).map((side) => simulateWindow(side, span, this.#random))
  }

  /** What happens at `now`, after the engine has judged: reports of probes. */
  probeReports(status: RolloutStatus, now: number): readonly RolloutEvent[] {
    const one = this.#statusIn(status)
    this.#faults.follow(one, now)
    if (one.status !== 'running' || status.emergencyStop) return []
    const passed = this.#faults.valueOf('probe', now) === undefined
    return this.#gateOf(one.phase, 'probe')
      .filter((probe) => isDue(one.probes[probe]?.at, one.phaseSinceMs, now))
      .map((probe) => ({
        type: 'probe_reported',
        service: this.#service,
        probe,
        passed,
        evidence: { simulated: true },
      }))
  }

  /** What people and detectors do at `now`: sign-offs and incidents. */
  commands(status: RolloutStatus, now: number): readonly Command[] {
    const service = this.#service
    const one = this.#statusIn(status)
    const incidents = this.#faults
      .takeIncidents(now)
      .map((kind): Command => ({ type: 'report-incident', service, kind, severity: 'critical' }))
    const { signOffAfterHours } = this.#profile
    if (incidents.length > 0 || one.status !== 'running' || signOffAfterHours === null) return incidents
    if (now < one.phaseSinceMs + signOffAfterHours * HOUR_MS) return []
    return this.#gateOf(one.phase, 'sign-off')
      .filter((criterion) => one.signOffs[criterion] === undefined)
      .map((criterion) => ({ type: 'sign-off', service, criterion }))
  }

  #heldBytes(now: number): number | undefined {
    const { heldMebibytes } = this.#profile
    if (heldMebibytes === undefined) return undefined
    const wavering = 1 + HELD_SPREAD * standardNormal(this.#random)
    const growth = (this.#faults.valueOf('memory', now) ?? 0) * (this.#faults.ageMs('memory', now) / HOUR_MS)
    return Math.max(0, Math.round((heldMebibytes * wavering + growth) * MEBIBYTE))
  }

  #statusIn({ services }: RolloutStatus): ServiceStatus {
    return services[this.#service] as ServiceStatus
  }

  #gateOf(phase: string, kind: 'probe' | 'sign-off'): readonly string[] {
    const gate = this.#plan.phases.find(({ name }) => name === phase)?.gate ?? []
    return gate.filter(({ evidence }) => evidence.kind === kind).map(({ id }) => id)
  }
}

/** As the controller runs them: once a phase, and every hour from then on. */
function isDue(lastMs: number | undefined, phaseSinceMs: number, now: number): boolean {
  return lastMs === undefined || lastMs < phaseSinceMs || now - lastMs >= HOUR_MS
}
