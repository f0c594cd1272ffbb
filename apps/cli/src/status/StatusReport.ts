import { type GuardrailVerdict, processMemory, type ServiceStatus, type Verdict } from '@gradvis/rollout'

import type { RolloutView } from '../store/RolloutReader.ts'
import { isoOf } from '../terminal/format.ts'
import { type Attention, attentionOf } from './attentionOf.ts'
import { type MemoryReports, memoryReports } from './memoryReport.ts'

type Measured = Readonly<{ value: number | null; limit: number | null; samples: number | null }>

/** One service as `status` shows it; the same for people and for machines. Durations in milliseconds. */
export type ServiceReport = Readonly<{
  service: string
  status: ServiceStatus['status']
  phase: string | null
  /** 0 to 100. */
  percentage: number
  inPhaseMs: number | null
  /** How long the plan wants the phase to last at least. */
  phaseLengthMs: number | null
  samples: number
  /** Of the whole phase, against the phase's threshold. */
  errorRate: Measured
  /** Of the last minutes: what the guardrail looks at that asks for an unbroken breach. */
  recentErrorRate: Measured
  /** Migrated over legacy. */
  latencyRatio: Measured
  gates: Readonly<{ met: number; total: number }>
  memory: MemoryReports | null
  cause: Extract<ServiceStatus, { cause: unknown }>['cause'] | null
  cooldownUntil: string | null
  incident: Readonly<{ kind: string; severity: string; since: string | null }> | null
  verdict: Verdict | null
}>

export type StatusReport = Readonly<{
  store: string
  at: string | null
  sequence: number
  plan: Readonly<{ revision: number; fingerprint: string | null }> | null
  emergencyStop: boolean
  /** Something waits for a person: what `--check` reports. */
  needsAttention: boolean
  /** Why, weightiest first. */
  attention: readonly Attention[]
  lastObservationAt: string | null
  services: Readonly<Record<string, ServiceReport>>
  /** Whole processes, summed, whoever's it is; in bytes. What lies outside the heap includes array buffers. */
  process: ReturnType<typeof processMemory> | null
}>

export function statusReport(view: RolloutView): StatusReport {
  const { status, now, lastObservationMs, store } = view
  const services = Object.keys(status.services).map((service) => serviceReport(service, view))
  const attention = attentionOf(view)
  return {
    store,
    at: isoOf(now),
    sequence: status.sequence,
    plan: status.plan ? { revision: status.planRevision, fingerprint: status.planFingerprint ?? null } : null,
    emergencyStop: status.emergencyStop,
    needsAttention: attention.length > 0,
    attention,
    lastObservationAt: lastObservationMs === undefined ? null : isoOf(lastObservationMs),
    services: Object.fromEntries(services.map((one) => [one.service, one])),
    process: (view.evidence && processMemory(view.evidence)) ?? null,
  }
}

function serviceReport(service: string, { status, verdicts, now, evidence }: RolloutView): ServiceReport {
  const one = status.services[service] as ServiceStatus
  const verdict = verdicts[service]
  const phase = 'phase' in one ? one.phase : undefined
  const planned = status.plan?.services[service]?.phases.find(({ name }) => name === phase)
  return {
    service,
    status: one.status,
    phase: phase ?? null,
    percentage: 'percentageBps' in one ? one.percentageBps / 100 : 0,
    inPhaseMs: 'phaseSinceMs' in one ? Math.max(0, now - one.phaseSinceMs) : null,
    phaseLengthMs: planned ? planned.endMs - planned.startMs : null,
    samples: Math.max(0, ...[...(verdict?.guardrails ?? []), ...(verdict?.criteria ?? [])].map(samplesOf)),
    errorRate: measuredBy(verdict, 'error-rate-early'),
    recentErrorRate: measuredBy(verdict, 'error-rate-sustained'),
    latencyRatio: measuredBy(verdict, 'latency'),
    gates: gatesOf(verdict),
    memory: memoryReports(evidence?.services.get(service)),
    cause: 'cause' in one ? one.cause : null,
    cooldownUntil: 'cooldownUntilMs' in one ? isoOf(one.cooldownUntilMs) : null,
    incident: one.incident
      ? { kind: one.incident.kind, severity: one.incident.severity, since: isoOf(one.incident.at) }
      : null,
    verdict: verdict ?? null,
  }
}

function samplesOf({ samples = 0 }: Readonly<{ samples?: number | undefined }>): number {
  return samples
}

function measuredBy(verdict: Verdict | undefined, guardrail: GuardrailVerdict['id']): Measured {
  const measured = verdict?.guardrails.find(({ id }) => id === guardrail)
  return { value: measured?.value ?? null, limit: measured?.limit ?? null, samples: measured?.samples ?? null }
}

function gatesOf(verdict: Verdict | undefined): ServiceReport['gates'] {
  const criteria = verdict?.criteria ?? []
  return { met: criteria.filter(({ outcome }) => outcome === 'met').length, total: criteria.length }
}
