import { type Hash, parsePlan, type Plan, type ServicePlan } from '@gradvis/feature-flags'

import type { RolloutEvent } from './RolloutEvent.ts'
import type { RolloutStatus, ServiceStatus } from './RolloutStatus.ts'
import { freshCommon } from './serviceSteps.ts'

const WAITING: ServiceStatus = { status: 'waiting', incidents: [], signOffs: {}, probes: {}, observed: [] }

/**
 * Follows a plan from now on, if its revision is higher, its hash the same, and it can be read. A service stays in the phase that it is in,
 * at that phase's new percentage; where the phase is gone, in the last one with no higher percentage than it has now.
 */
export function adoptPlan(
  status: RolloutStatus,
  event: Extract<RolloutEvent, { type: 'plan_adopted' }>,
): RolloutStatus {
  const plan = readable(event.plan)
  if (plan === undefined || event.revision !== plan.revision || plan.revision <= status.planRevision) return status
  if (status.plan && !isSameHash(plan.hash, status.plan.hash)) return status
  const services = Object.entries(plan.services).map(
    ([service, servicePlan]) =>
      [service, carryOver(status.services[service] ?? WAITING, servicePlan, status.at)] as const,
  )
  return {
    ...status,
    plan,
    planRevision: plan.revision,
    planFingerprint: event.fingerprint,
    // A service that a plan leaves out may come back: what is latched, paused or rolled back stays so.
    services: { ...status.services, ...Object.fromEntries(services) },
  }
}

/** Whether every subject stays in the bucket that it is in. */
export function isSameHash(one: Hash, other: Hash): boolean {
  return one.id === other.id && one.version === other.version && one.salt === other.salt
}

function readable(plan: unknown): Plan | undefined {
  try {
    return parsePlan(plan)
  } catch {
    return undefined
  }
}

function carryOver(before: ServiceStatus, { phases }: ServicePlan, at: number): ServiceStatus {
  if (before.status === 'waiting' || before.status === 'rolled-back' || before.phase === undefined) return before
  const phase =
    phases.find(({ name }) => name === before.phase) ??
    phases.findLast(({ percentageBps }) => percentageBps <= before.percentageBps)
  if (phase === undefined) return withoutPhase(before, at)
  const isLast = phase === phases.at(-1)
  const status = before.status === 'complete' && !isLast ? 'running' : before.status
  // An operator's own percentage stands until resumed.
  const percentageBps = before.status === 'paused' ? before.percentageBps : phase.percentageBps
  const isSame = phase.name === before.phase && percentageBps === before.percentageBps
  const since = isSame ? {} : { phaseSinceMs: at, sinceMs: at }
  const common = phase.name === before.phase ? {} : freshCommon(before)
  return { ...before, ...common, status, phase: phase.name, percentageBps, ...since } as ServiceStatus
}

/** No phase is as low as where the service is: it begins again, unless somebody has stopped it. */
function withoutPhase(
  before: Exclude<ServiceStatus, { status: 'waiting' | 'rolled-back' }>,
  at: number,
): ServiceStatus {
  if (before.status !== 'paused') return { ...freshCommon(before), status: 'waiting' }
  return { ...before, ...freshCommon(before), phase: undefined, phaseSinceMs: at, sinceMs: at }
}
