/** `created → starting → running → draining → stopped`; a failed start ends in `failed`. Never backwards. */
export const LIFECYCLE_STATES = ['created', 'starting', 'running', 'draining', 'stopped', 'failed'] as const
export type LifecycleState = (typeof LIFECYCLE_STATES)[number]
