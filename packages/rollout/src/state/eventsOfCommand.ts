import { parsePlan, type Phase, type ServicePlan } from '@gradvis/feature-flags'

import { rolloutErrors } from '../rolloutErrors.ts'
import type { Command, CommandContext } from './Command.ts'
import { isSameHash } from './adoptPlan.ts'
import { fingerprintOf } from './fingerprintOf.ts'
import { INCIDENT_NAMES, NONE_HERE, STATUS_NAMES } from './namesInMessages.ts'
import { nextPhaseOf } from './nextPhaseOf.ts'
import { rollbackEvents } from './rollbackEvents.ts'
import type { NewEvent, RolloutEvent } from './RolloutEvent.ts'
import type { RolloutStatus, ServiceStatus } from './RolloutStatus.ts'
import { isLatching } from './serviceSteps.ts'

/**
 * The events that carry a command out, to be appended together. Throws a ServiceError `rollout.…` that says why not,
 * and what to do first, where the rollout's state forbids it; or `flags.…` for a plan that is wrong in itself.
 */
export function eventsOfCommand(
  status: RolloutStatus,
  command: Command,
  { actor, reason, at }: CommandContext,
): readonly NewEvent[] {
  const carryOut = COMMANDS[command.type] as (status: RolloutStatus, command: Command, at: number) => RolloutEvent[]
  const by = reason === undefined ? { at, actor } : { at, actor, reason }
  return carryOut(status, command, at).map((event) => Object.assign({ event }, by))
}

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

function promote(status: RolloutStatus, { service, to }: CommandOf<'promote'>): RolloutEvent[] {
  const { one, plan } = find(status, service)
  refuseUnlessFree(service, one)
  if (status.emergencyStop) throw rolloutErrors.create('emergency_stop', {})
  const next = nextPhaseOf(one, plan)
  if (next === undefined) throw rolloutErrors.create('last_phase', { service, phase: phaseOf(one) })
  if (to !== undefined && to !== next.name)
    throw rolloutErrors.create('another_phase', { service, to, phase: phaseOf(one), next: next.name })
  refuseAheadOfDependencies(status, { service, plan, percentageBps: next.percentageBps })
  return [{ type: 'phase_entered', service, phase: next.name, percentageBps: next.percentageBps }]
}

function pause(status: RolloutStatus, { service }: CommandOf<'pause'>): RolloutEvent[] {
  const { one } = find(status, service)
  if (one.status === 'rolled-back') throw rolloutErrors.create('rolled_back', { service })
  if (one.status === 'paused') throw rolloutErrors.create('nothing_to_do', { service, state: STATUS_NAMES[one.status] })
  return [{ type: 'paused', service, cause: { kind: 'operator' } }]
}

function resume(status: RolloutStatus, { service }: CommandOf<'resume'>, at: number): RolloutEvent[] {
  const { one } = find(status, service)
  refuseIncident(service, one)
  if (one.status === 'rolled-back' && at < one.cooldownUntilMs)
    throw rolloutErrors.create('cooling_down', { service, until: one.cooldownUntilMs })
  if (one.status !== 'rolled-back' && one.status !== 'paused')
    throw rolloutErrors.create('nothing_to_do', { service, state: STATUS_NAMES[one.status] })
  return [{ type: 'resumed', service }]
}

function set(status: RolloutStatus, { service, percentageBps }: CommandOf<'set'>): RolloutEvent[] {
  const { one, plan } = find(status, service)
  if (!Number.isInteger(percentageBps) || percentageBps < 0 || percentageBps > 10_000)
    throw rolloutErrors.create('invalid_percentage', { percentage: percentageBps / 100 })
  refuseUnlessFree(service, one)
  refuseAheadOfDependencies(status, { service, plan, percentageBps })
  return [{ type: 'percentage_set', service, percentageBps }]
}

function rollback(status: RolloutStatus, { service }: CommandOf<'rollback'>, at: number): RolloutEvent[] {
  const { one } = find(status, service)
  if (one.status === 'rolled-back')
    throw rolloutErrors.create('nothing_to_do', { service, state: STATUS_NAMES[one.status] })
  return [...rollbackEvents(status, { service, cause: { kind: 'operator' }, at })]
}

/** Always carried out, also twice, also before there is a plan: nobody must have to think in an emergency. */
function forceLegacy(_status: RolloutStatus, { on }: CommandOf<'force-legacy'>): RolloutEvent[] {
  return [{ type: 'emergency_stop_set', on }]
}

function reportIncident(status: RolloutStatus, command: CommandOf<'report-incident'>, at: number): RolloutEvent[] {
  const { service, kind, severity } = command
  const { one, plan } = find(status, service)
  const guardrail = ({ security: 'security-incident', gdpr: 'gdpr-violation' } as const)[kind]
  const goesBack = isLatching(command) && plan.guardrails[guardrail].mode === 'rollback' && one.status !== 'rolled-back'
  return [
    { type: 'incident_reported', service, kind, severity },
    ...(goesBack ? rollbackEvents(status, { service, cause: { kind: 'guardrail', guardrail }, at }) : []),
  ]
}

function releaseIncident(status: RolloutStatus, { service, upTo }: CommandOf<'release-incident'>): RolloutEvent[] {
  if (find(status, service).one.incident === undefined) throw rolloutErrors.create('no_incident', { service })
  return [{ type: 'incident_released', service, ...(upTo !== undefined && { upTo }) }]
}

function signOff(status: RolloutStatus, { service, criterion }: CommandOf<'sign-off'>): RolloutEvent[] {
  const { one, plan } = find(status, service)
  if (one.status === 'rolled-back') throw rolloutErrors.create('rolled_back', { service })
  const phase = phaseOf(one)
  const known = gateOf(plan.phases, phase)
  if (known.includes(criterion)) return [{ type: 'signed_off', service, phase, criterion }]
  throw rolloutErrors.create('unknown_criterion', { criterion, phase, service, known: known.join(', ') || NONE_HERE })
}

function adoptPlan(status: RolloutStatus, { plan }: CommandOf<'adopt-plan'>): RolloutEvent[] {
  const { revision, hash } = parsePlan(plan)
  if (revision <= status.planRevision)
    throw rolloutErrors.create('plan_not_newer', { revision, current: status.planRevision })
  if (status.plan && !isSameHash(hash, status.plan.hash)) throw rolloutErrors.create('plan_rehashed', { revision })
  return [{ type: 'plan_adopted', revision, fingerprint: fingerprintOf(plan), plan }]
}

const COMMANDS = {
  promote,
  pause,
  resume,
  set,
  rollback,
  'force-legacy': forceLegacy,
  'report-incident': reportIncident,
  'release-incident': releaseIncident,
  'sign-off': signOff,
  'adopt-plan': adoptPlan,
} satisfies {
  readonly [Type in Command['type']]: (status: RolloutStatus, command: CommandOf<Type>, at: number) => RolloutEvent[]
}

function find({ plan, services }: RolloutStatus, service: string): { one: ServiceStatus; plan: ServicePlan } {
  if (plan === undefined) throw rolloutErrors.create('no_plan', {})
  const [one, servicePlan] = Object.hasOwn(services, service) ? [services[service], plan.services[service]] : []
  if (one && servicePlan) return { one, plan: servicePlan }
  throw rolloutErrors.create('unknown_service', { service, known: Object.keys(plan.services).join(', ') })
}

function refuseUnlessFree(service: string, one: ServiceStatus): void {
  refuseIncident(service, one)
  if (one.status === 'rolled-back') throw rolloutErrors.create('rolled_back', { service })
}

function refuseIncident(service: string, { incident }: ServiceStatus): void {
  if (incident) throw rolloutErrors.create('incident_latched', { service, kind: INCIDENT_NAMES[incident.kind] })
}

function refuseAheadOfDependencies(
  { services }: RolloutStatus,
  { service, plan, percentageBps }: Readonly<{ service: string; plan: ServicePlan; percentageBps: number }>,
): void {
  for (const dependency of plan.dependsOn) {
    const other = services[dependency]
    const reached = other && 'percentageBps' in other ? other.percentageBps : 0
    if (reached < percentageBps)
      throw rolloutErrors.create('dependency_behind', { service, dependency, percentage: reached / 100 })
  }
}

function phaseOf(one: ServiceStatus): string {
  return ('phase' in one ? one.phase : undefined) ?? '–'
}

function gateOf(phases: readonly Phase[], phase: string): readonly string[] {
  const gate = phases.find(({ name }) => name === phase)?.gate ?? []
  return gate.filter(({ evidence }) => evidence.kind === 'sign-off').map(({ id }) => id)
}
