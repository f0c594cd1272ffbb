import type { PlanData } from '@gradvis/feature-flags'

import { fingerprintOf } from '../state/fingerprintOf.ts'
import type { RolloutEvent, StoredEvent } from '../state/RolloutEvent.ts'
import { planWith } from './planWith.ts'

/** An event, or an event with when it happened (epoch milliseconds). */
type Line = RolloutEvent | readonly [at: number, event: RolloutEvent]

/** A log of these events: numbered, one second apart where no instant is given. */
export function logOf(...lines: Line[]): readonly StoredEvent[] {
  let at = 0
  return lines.map((line, index) => {
    const [instant, event] = 'type' in line ? [at + 1_000, line] : line
    at = instant
    return { sequence: index + 1, at, actor: 'test', event }
  })
}

/** How every log begins. */
export function adopted(plan: PlanData = planWith()): RolloutEvent {
  return { type: 'plan_adopted', revision: plan.revision ?? 1, fingerprint: fingerprintOf(plan), plan }
}

/** A service of the production plan entering one of its phases. */
export function entered(service: string, phase: 'initial' | 'extended' | 'full'): RolloutEvent {
  return {
    type: 'phase_entered',
    service,
    phase,
    percentageBps: { initial: 1_000, extended: 5_000, full: 10_000 }[phase],
  }
}
