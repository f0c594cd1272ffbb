import type { NewEvent } from '@gradvis/rollout'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'

/** Clocks of a fleet that is looked after differ by far less. */
export const MOST_AHEAD_MS = 60_000

/** When the last of these events happened, as they say. -Infinity for none. */
export function latestOf(events: readonly NewEvent[]): number {
  return events.reduce((latest, { at }) => Math.max(latest, at), -Infinity)
}

/**
 * Throws `rollout_store.clock_ahead` for events from so far in the future that the engine would see nothing: windows from
 * before an event are no evidence of what follows it. Events from the past are harmless.
 */
export function refuseAhead(aheadMs: number): void {
  if (aheadMs > MOST_AHEAD_MS) throw rolloutStoreErrors.create('clock_ahead', { seconds: Math.ceil(aheadMs / 1000) })
}
