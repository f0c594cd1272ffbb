import { parsePlan, type PlanData } from '@gradvis/feature-flags'
import type { ServiceError } from '@gradvis/kernel'

import { rolloutErrors } from '../rolloutErrors.ts'
import { fingerprintOf } from '../state/fingerprintOf.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'

export type PlanStanding =
  | Readonly<{ kind: 'adopted' | 'newer' }>
  /** An older revision, or another plan of the same revision, with the error that says so. */
  | Readonly<{ kind: 'outdated' | 'conflicting'; error: ServiceError }>

/** How an instance's own plan stands to the one that the rollout follows. */
export function planStandingOf(plan: PlanData, status: RolloutStatus): PlanStanding {
  const { revision } = parsePlan(plan)
  if (revision > status.planRevision) return { kind: 'newer' }
  if (revision < status.planRevision) {
    const error = rolloutErrors.create('plan_outdated', { revision, current: status.planRevision })
    return { kind: 'outdated', error }
  }
  if (fingerprintOf(plan) === status.planFingerprint) return { kind: 'adopted' }
  return { kind: 'conflicting', error: rolloutErrors.create('plan_conflict', { revision }) }
}
