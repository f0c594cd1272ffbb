import type { ServiceStatus, Verdict } from '@gradvis/rollout'

import type { RolloutView } from '../store/RolloutReader.ts'

/**
 * What may wait for a person. Monitoring relies on these codes: they never change their meaning.
 * `not_observed`: a service runs or is complete, and no instance has written for a minute. `verdict_not_followed`: a
 * verdict says to pause or to roll back, and the log has not followed it. `clock_behind`: the latest event lies more than
 * a minute in the future, so no phase moves on.
 */
const ATTENTION = [
  'emergency_stop',
  'incident',
  'rolled_back',
  'paused_by_guardrail',
  'verdict_not_followed',
  'not_observed',
  'clock_behind',
] as const
export type Attention = (typeof ATTENTION)[number]

/** Instances write every few seconds, and their clocks differ by less. */
const TOLERANCE_MS = 60_000

/** Why somebody has to look at the rollout, weightiest first; empty where nobody has to. */
export function attentionOf(view: RolloutView): readonly Attention[] {
  return ATTENTION.filter((reason) => APPLIES[reason](view))
}

const APPLIES: Readonly<Record<Attention, (view: RolloutView) => boolean>> = {
  emergency_stop: ({ status }) => status.emergencyStop,
  incident: (view) => some(view, ({ incident }) => incident !== undefined),
  rolled_back: (view) => some(view, ({ status }) => status === 'rolled-back'),
  // A pause that an operator asked for is no alarm.
  paused_by_guardrail: (view) => some(view, (one) => one.status === 'paused' && one.cause.kind === 'guardrail'),
  // Of a service that has been stopped, the judge says neither.
  verdict_not_followed: ({ verdicts }) => Object.values(verdicts).some(isStopping),
  not_observed: (view) =>
    some(view, ({ status }) => status === 'running' || status === 'complete') && !isObserved(view),
  clock_behind: ({ status, now }) => status.at > now + TOLERANCE_MS,
}

/** Says that the service must not go on as it is. */
export function isStopping({ action }: Pick<Verdict, 'action'>): boolean {
  return action === 'pause' || action === 'rollback'
}

function some({ status }: RolloutView, applies: (one: ServiceStatus) => boolean): boolean {
  return Object.values(status.services).some(applies)
}

function isObserved({ lastObservationMs, now }: RolloutView): boolean {
  return lastObservationMs !== undefined && lastObservationMs >= now - TOLERANCE_MS
}
