import { adoptPlan } from './adoptPlan.ts'
import type { RolloutEvent, StoredEvent } from './RolloutEvent.ts'
import type { RolloutStatus, ServiceStatus } from './RolloutStatus.ts'
import { SERVICE_STEPS, type ServiceEvent } from './serviceSteps.ts'

/**
 * One event further. Total and pure: an event that does not apply (it skips a phase, resumes during a cooldown, names
 * an unknown service) changes nothing but `sequence` and `at`, so no log can bring a rollout where its rules forbid.
 */
export function step(status: RolloutStatus, stored: StoredEvent): RolloutStatus {
  const at = Math.max(status.at, stored.at)
  const next = { ...status, sequence: stored.sequence, at }
  const { event } = stored
  if (event.type === 'plan_adopted') return adoptPlan(next, event)
  if (event.type === 'emergency_stop_set') return setEmergencyStop(next, event.on)
  return stepService(next, stored, event)
}

function stepService(status: RolloutStatus, stored: StoredEvent, event: ServiceEvent): RolloutStatus {
  const { service } = event
  const before = Object.hasOwn(status.services, service) ? status.services[service] : undefined
  const plan = status.plan?.services[service]
  if (before === undefined || plan === undefined) return status
  const apply = SERVICE_STEPS[event.type] as ServiceStep
  // Not the writer's own time: a slow clock must not date a phase back, and with it what counts as its evidence.
  const after = apply({ before, plan, at: status.at, actor: stored.actor, sequence: stored.sequence, status }, event)
  return after === before ? status : { ...status, services: { ...status.services, [service]: after } }
}

type ServiceStep = (
  context: Parameters<(typeof SERVICE_STEPS)['completed']>[0],
  event: Exclude<RolloutEvent, { type: 'plan_adopted' | 'emergency_stop_set' }>,
) => ServiceStatus

/** While everybody is on legacy nothing can be learnt: what was running begins its phase anew afterwards. */
function setEmergencyStop(status: RolloutStatus, on: boolean): RolloutStatus {
  if (status.emergencyStop === on) return status
  if (on) return { ...status, emergencyStop: true }
  const services = Object.entries(status.services).map(([service, one]) => [
    service,
    'phaseSinceMs' in one && one.status !== 'complete' ? { ...one, phaseSinceMs: status.at, sinceMs: status.at } : one,
  ])
  return { ...status, emergencyStop: false, services: Object.fromEntries(services) }
}
