import type { StoredEvent } from '../state/RolloutEvent.ts'

/** Written by an instance's engine of its own accord, not for an operator, who cannot take such a name. */
export function isEngine({ actor }: Pick<StoredEvent, 'actor'>): boolean {
  return actor.startsWith('engine@')
}
