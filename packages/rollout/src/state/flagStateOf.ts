import type { RolloutState, ServiceState } from '@gradvis/feature-flags'

import type { RolloutStatus, ServiceStatus } from './RolloutStatus.ts'

/** What decisions need of a rollout's status. Every service stands at 0 % until its first phase is entered. */
export function flagStateOf(status: RolloutStatus): RolloutState {
  const services = Object.entries(status.services).map(([service, one]) => [service, serviceState(one)] as const)
  return { emergencyStop: status.emergencyStop, services: Object.fromEntries(services) }
}

function serviceState(one: ServiceStatus): ServiceState {
  const incident = one.incident && {
    incident: { kind: one.incident.kind, eventId: String(one.incident.sequence) },
  }
  if (one.status === 'waiting') return { percentageBps: 0, ...incident }
  if (one.status === 'rolled-back') return { percentageBps: 0, rolledBack: true, ...incident }
  const { percentageBps, phase } = one
  const at = { percentageBps, ...(phase !== undefined && { phase }) }
  return one.status === 'paused' ? { ...at, paused: true, ...incident } : { ...at, ...incident }
}
