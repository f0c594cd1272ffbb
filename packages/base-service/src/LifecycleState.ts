import type { LocalizedText } from '@gradvis/kernel'

/** `created → starting → running → draining → stopped`; a failed start ends in `failed`. Never backwards. */
export const LIFECYCLE_STATES = ['created', 'starting', 'running', 'draining', 'stopped', 'failed'] as const
export type LifecycleState = (typeof LIFECYCLE_STATES)[number]

/** What a state is called in a message. */
export const LIFECYCLE_STATE_NAMES = {
  created: { sv: 'inte startad', en: 'not started' },
  starting: { sv: 'startar', en: 'starting' },
  running: { sv: 'igång', en: 'running' },
  draining: { sv: 'stängs av', en: 'shutting down' },
  stopped: { sv: 'stoppad', en: 'stopped' },
  failed: { sv: 'kunde inte startas', en: 'could not be started' },
} as const satisfies Record<LifecycleState, LocalizedText>
