import { emptyStatus, type RolloutEventType, type ServiceStatus, step, type StoredEvent } from '@gradvis/rollout'

/** When migrated's share of a service's subjects became another one, and by which event. `at` in epoch milliseconds. */
export type PercentageChange = Readonly<{ at: number; percentageBps: number; by: RolloutEventType }>

/** Every change of a service's percentage, oldest first. */
export function percentageChanges(service: string, events: readonly StoredEvent[]): readonly PercentageChange[] {
  const changes: PercentageChange[] = []
  let status = emptyStatus
  // Folded, as a resumption or a new plan changes the percentage without naming it.
  for (const stored of events) {
    status = step(status, stored)
    const percentageBps = percentageOf(status.services[service])
    if (percentageBps !== (changes.at(-1)?.percentageBps ?? 0))
      changes.push({ at: stored.at, percentageBps, by: stored.event.type })
  }
  return changes
}

function percentageOf(one: ServiceStatus | undefined): number {
  return one && 'percentageBps' in one ? one.percentageBps : 0
}
