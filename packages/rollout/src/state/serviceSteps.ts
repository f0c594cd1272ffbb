import type { ServicePlan } from '@gradvis/feature-flags'

import { nextPhaseOf } from './nextPhaseOf.ts'
import type { RolloutEvent } from './RolloutEvent.ts'
import type { LatchedIncident, RolloutStatus, ServiceStatus } from './RolloutStatus.ts'

export type ServiceEvent = Exclude<RolloutEvent, { type: 'plan_adopted' | 'emergency_stop_set' }>
type EventOf<Type extends ServiceEvent['type']> = Extract<ServiceEvent, { type: Type }>

type Context = Readonly<{
  before: ServiceStatus
  plan: ServicePlan
  status: RolloutStatus
  at: number
  actor: string
  sequence: number
}>

/** More are of no use to anybody, and a status must not grow for ever. */
const KEPT_INCIDENTS = 100

const phaseEntered = ({ before, plan, status, at }: Context, event: EventOf<'phase_entered'>): ServiceStatus => {
  const next = nextPhaseOf(before, plan)
  const isAllowed = before.incident === undefined && !status.emergencyStop && next?.name === event.phase
  if (!isAllowed || next.percentageBps !== event.percentageBps) return before
  const { name: phase, percentageBps } = next
  return { ...freshCommon(before), status: 'running', phase, percentageBps, phaseSinceMs: at, sinceMs: at }
}

const completed = ({ before, plan }: Context): ServiceStatus =>
  before.status === 'running' && nextPhaseOf(before, plan) === undefined ? { ...before, status: 'complete' } : before

const paused = ({ before, at }: Context, { cause }: EventOf<'paused'>): ServiceStatus => {
  if (before.status === 'waiting')
    return { ...before, status: 'paused', cause, phase: undefined, percentageBps: 0, phaseSinceMs: at, sinceMs: at }
  if (before.status === 'running' || before.status === 'complete') return { ...before, status: 'paused', cause }
  return before
}

const resumed = ({ before, plan, at }: Context): ServiceStatus => {
  if (before.incident !== undefined) return before
  if (before.status === 'rolled-back') return at < before.cooldownUntilMs ? before : waitingAgain(before)
  if (before.status !== 'paused') return before
  const phase = plan.phases.find(({ name }) => name === before.phase)
  if (phase === undefined) return waitingAgain(before)
  const { cause: _cause, ...rest } = before
  const { name, percentageBps } = phase
  const running = { ...rest, status: 'running', phase: name } as const
  // What a guardrail has seen would stop it again at once; and time at another percentage is no time of the phase.
  const hasChanged = percentageBps !== before.percentageBps || before.sinceMs !== before.phaseSinceMs
  const begunAnew = before.cause.kind === 'guardrail' || hasChanged
  return begunAnew ? { ...running, ...freshCommon(before), percentageBps, phaseSinceMs: at, sinceMs: at } : running
}

const rolledBack = ({ before, at }: Context, event: EventOf<'rolled_back'>): ServiceStatus => {
  const { cooldownUntilMs, cause } = event
  if (before.status === 'rolled-back')
    return cooldownUntilMs > before.cooldownUntilMs ? { ...before, cooldownUntilMs } : before
  const phase = before.status === 'waiting' ? undefined : before.phase
  return { ...common(before), status: 'rolled-back', cause, at, phase, cooldownUntilMs }
}

const percentageSet = ({ before, at }: Context, { percentageBps }: EventOf<'percentage_set'>): ServiceStatus => {
  if (before.incident !== undefined || before.status === 'rolled-back') return before
  const cause = { kind: 'operator' } as const
  if (before.status === 'waiting')
    return { ...before, status: 'paused', cause, phase: undefined, percentageBps, phaseSinceMs: at, sinceMs: at }
  const sinceMs = before.percentageBps === percentageBps ? before.sinceMs : at
  return { ...before, status: 'paused', cause, percentageBps, sinceMs }
}

const incidentReported = (context: Context, { kind, severity }: EventOf<'incident_reported'>): ServiceStatus => {
  const { before, at, sequence } = context
  const incident: LatchedIncident = { kind, severity, at, sequence }
  const incidents = [...before.incidents, incident].slice(-KEPT_INCIDENTS)
  // The first one stays: releasing is a statement about everything that has happened until then.
  const latched = before.incident ?? (isLatching(incident) ? incident : undefined)
  return { ...before, incidents, ...(latched && { incident: latched }) }
}

const incidentReleased = ({ before }: Context, { upTo }: EventOf<'incident_released'>): ServiceStatus => {
  if (before.incident === undefined) return before
  const { incident: _released, ...rest } = before
  const later = before.incidents.find((one) => isLatching(one) && upTo !== undefined && one.sequence > upTo)
  return later ? { ...before, incident: later } : rest
}

const signedOff = ({ before, at, actor }: Context, { phase, criterion }: EventOf<'signed_off'>): ServiceStatus =>
  'phase' in before && before.phase === phase
    ? { ...before, signOffs: { ...before.signOffs, [criterion]: { at, actor } } }
    : before

const probeReported = ({ before, at }: Context, event: EventOf<'probe_reported'>): ServiceStatus => {
  const { probe, passed, evidence } = event
  return { ...before, probes: { ...before.probes, [probe]: { passed, at, evidence } } }
}

const guardrailObserved = ({ before }: Context, { guardrail }: EventOf<'guardrail_observed'>): ServiceStatus =>
  before.observed.includes(guardrail) ? before : { ...before, observed: [...before.observed, guardrail] }

/** What each event does to the service that it names. Answering `before` itself means: it does not apply. */
export const SERVICE_STEPS = {
  phase_entered: phaseEntered,
  completed,
  paused,
  resumed,
  rolled_back: rolledBack,
  percentage_set: percentageSet,
  incident_reported: incidentReported,
  incident_released: incidentReleased,
  signed_off: signedOff,
  probe_reported: probeReported,
  guardrail_observed: guardrailObserved,
} satisfies { readonly [Type in ServiceEvent['type']]: (context: Context, event: EventOf<Type>) => ServiceStatus }

/** A GDPR violation always latches, a security incident when it is critical. */
export function isLatching({ kind, severity }: Pick<LatchedIncident, 'kind' | 'severity'>): boolean {
  return kind === 'gdpr' || severity === 'critical'
}

function waitingAgain(before: ServiceStatus): ServiceStatus {
  return { ...freshCommon(before), status: 'waiting' }
}

function common({ incident, incidents, signOffs, probes, observed }: ServiceStatus) {
  return { incidents, signOffs, probes, observed, ...(incident && { incident }) }
}

/** What does not outlive a phase is forgotten, latched incidents never. Probes are kept: whoever judges looks at how old they are. */
export function freshCommon({ incident, incidents, probes }: ServiceStatus) {
  // Of what an open incident is about nothing is forgotten before it is released.
  return { incidents: incident ? incidents : [], signOffs: {}, probes, observed: [], ...(incident && { incident }) }
}
