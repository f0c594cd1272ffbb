import type { NewEvent } from '@gradvis/rollout'

/** An emergency stop by an operator; give what matters. */
export function anEvent(overrides: Partial<NewEvent> = {}): NewEvent {
  return {
    at: Date.UTC(2025, 0, 10, 8),
    actor: 'operator-1',
    reason: 'Övning: ”nödstopp” ✓',
    event: { type: 'emergency_stop_set', on: true },
    ...overrides,
  }
}
