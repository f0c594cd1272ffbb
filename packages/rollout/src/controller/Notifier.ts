import type { StoredEvent } from '../state/RolloutEvent.ts'

/**
 * Is told of every event that this instance's engine has appended and, while the instance leads, of what operators did,
 * a tick later at most. Must not throw and must not wait.
 */
export interface Notifier {
  notify(event: StoredEvent): void
}
