import { disposer, sleep } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'

import type { Session } from '../Session.ts'

/**
 * Yields at once, whenever the store tells of a change, and at the latest after `everyMs`. Ends when the session is
 * interrupted. Changes that come while nobody waits are one change.
 */
export async function* changesOf(
  store: RolloutStore,
  { clock, signal }: Pick<Session, 'clock' | 'signal'>,
  everyMs: number,
): AsyncGenerator<void> {
  let wake = new AbortController()
  using _subscription = disposer(store.subscribe(() => wake.abort()))
  while (!signal.aborted) {
    wake = new AbortController()
    yield
    // Rejects when woken: being woken is the point.
    await sleep(clock, everyMs, AbortSignal.any([signal, wake.signal])).catch(() => {})
  }
}
