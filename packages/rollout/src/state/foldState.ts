import { emptyStatus } from './emptyStatus.ts'
import type { StoredEvent } from './RolloutEvent.ts'
import type { RolloutStatus } from './RolloutStatus.ts'
import { step } from './step.ts'

/** Where a log leads to, from the beginning or from where an earlier fold ended. */
export function foldState(events: readonly StoredEvent[], from: RolloutStatus = emptyStatus): RolloutStatus {
  return events.reduce(step, from)
}
