import { isServiceError } from '@gradvis/kernel'

import type { rolloutErrors } from '../rolloutErrors.ts'

const CODE = 'rollout.sequence_conflict' satisfies keyof typeof rolloutErrors.catalog

/** Somebody else has appended in the meantime: read, judge again, try again. */
export function isSequenceConflict(error: unknown): boolean {
  return isServiceError(error) && error.code === CODE
}
