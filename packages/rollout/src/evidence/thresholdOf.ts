import type { ServicePlan } from '@gradvis/feature-flags'

/**
 * The error rate, as a share, that a phase must not exceed: its own threshold, or that of the nearest earlier phase that
 * has one. An operator's percentage before the first phase is held to the first phase's. Undefined where the plan names
 * none, and for 100 %, which no rate exceeds.
 */
export function thresholdOf({ phases }: ServicePlan, phase: string | undefined): number | undefined {
  const index = Math.max(
    0,
    phases.findIndex(({ name }) => name === phase),
  )
  const percent = phases
    .slice(0, index + 1)
    .findLast(({ errorRateThresholdPercent }) => errorRateThresholdPercent !== undefined)?.errorRateThresholdPercent
  return percent === undefined || percent >= 100 ? undefined : percent / 100
}
