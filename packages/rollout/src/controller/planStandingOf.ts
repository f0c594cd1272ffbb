import { parsePlan, type PlanData } from '@gradvis/feature-flags'
import type { ServiceError } from '@gradvis/kernel'

import { rolloutErrors } from '../rolloutErrors.ts'
import { isSameHash } from '../state/adoptPlan.ts'
import { fingerprintOf } from '../state/fingerprintOf.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'

export type PlanStanding =
  | Readonly<{ kind: 'adopted' | 'newer' }>
  /** An older revision; or another plan of the same revision, or one that would move every subject. With the error. */
  | Readonly<{ kind: 'outdated' | 'conflicting'; error: ServiceError }>

/** How an instance's own plan stands to the one that the rollout follows. */
export function planStandingOf(plan: PlanData, status: RolloutStatus): PlanStanding {
  const { revision, hash } = parsePlan(plan)
  if (revision > status.planRevision) {
    if (status.plan === undefined || isSameHash(hash, status.plan.hash)) return { kind: 'newer' }
    return { kind: 'conflicting', error: rolloutErrors.create('plan_rehashed', { revision }) }
  }
  if (revision < status.planRevision) {
    const error = rolloutErrors.create('plan_outdated', { revision, current: status.planRevision })
    return { kind: 'outdated', error }
  }
  if (fingerprintOf(plan) === status.planFingerprint) return { kind: 'adopted' }
  return { kind: 'conflicting', error: rolloutErrors.create('plan_conflict', { revision }) }
}
