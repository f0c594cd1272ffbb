import type { RolloutStatus } from './RolloutStatus.ts'

/** Before the first event: no plan, no services, everybody on legacy. */
export const emptyStatus: RolloutStatus = Object.freeze({
  sequence: 0,
  at: 0,
  emergencyStop: false,
  plan: undefined,
  planRevision: 0,
  planFingerprint: undefined,
  services: Object.freeze({}),
})
