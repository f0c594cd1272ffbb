import type { Phase, ServicePlan } from '@gradvis/feature-flags'

import type { ServiceStatus } from './RolloutStatus.ts'

/** The phase that would be entered next; undefined in the last one, and where resuming has to come first. */
export function nextPhaseOf(status: ServiceStatus, plan: ServicePlan): Phase | undefined {
  if (status.status === 'waiting') return plan.phases[0]
  if (status.status === 'rolled-back' || status.status === 'complete') return undefined
  if (status.phase === undefined) return plan.phases[0]
  const index = plan.phases.findIndex(({ name }) => name === status.phase)
  return index === -1 ? undefined : plan.phases[index + 1]
}
