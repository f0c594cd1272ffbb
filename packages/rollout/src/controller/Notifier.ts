import type { StoredEvent } from '../state/RolloutEvent.ts'

/** Is told of every event that this instance has appended. Must not throw and must not wait. */
export interface Notifier {
  notify(event: StoredEvent): void
}
