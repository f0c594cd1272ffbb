import type { CriterionEvidence } from '@gradvis/feature-flags'

import type { CriterionSource } from './Verdict.ts'

/** How the evidence for a criterion comes about, for people: measured, by a self-test, or from an operator. */
export function sourceOf({ kind }: CriterionEvidence): CriterionSource {
  return SOURCES[kind]
}

const SOURCES = {
  'error-rate': 'measured',
  'latency-ratio': 'measured',
  'cache-hits': 'measured',
  'no-incident': 'measured',
  'no-memory-growth': 'measured',
  probe: 'probe',
  'sign-off': 'sign-off',
} as const satisfies Record<CriterionEvidence['kind'], CriterionSource>
