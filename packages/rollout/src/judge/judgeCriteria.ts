import type { Criterion, CriterionEvidence } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'

import { cacheHits } from './criteria/cacheHits.ts'
import type { CriterionReading, ReadCriterion } from './criteria/CriterionReading.ts'
import { errorRate } from './criteria/errorRate.ts'
import { impliedCriteria } from './criteria/impliedCriteria.ts'
import { latencyRatio } from './criteria/latencyRatio.ts'
import { noIncident } from './criteria/noIncident.ts'
import { noMemoryGrowth } from './criteria/noMemoryGrowth.ts'
import { probe } from './criteria/probe.ts'
import { signOff } from './criteria/signOff.ts'
import type { ServiceCase } from './ServiceCase.ts'
import { sourceOf } from './sourceOf.ts'
import type { CriterionSource, CriterionVerdict } from './Verdict.ts'

type Kind = CriterionEvidence['kind']

const READERS = {
  'error-rate': errorRate,
  'latency-ratio': latencyRatio,
  'cache-hits': cacheHits,
  'no-incident': noIncident,
  'no-memory-growth': noMemoryGrowth,
  probe,
  'sign-off': signOff,
} satisfies { readonly [Name in Kind]: ReadCriterion<Name> }

/** What the phase's gate and every phase asks for, each with what was seen. Empty outside of phases. */
export function judgeCriteria(one: ServiceCase): readonly CriterionVerdict[] {
  if (one.phase === undefined) return []
  const implied = impliedCriteria(one).map(({ id, reading, ...label }) => verdictOf(id, 'measured', label, reading))
  return [...one.phase.gate.map((criterion) => judgeCriterion(one, criterion)), ...implied]
}

function judgeCriterion(one: ServiceCase, criterion: Criterion): CriterionVerdict {
  const { id, evidence } = criterion
  const read = READERS[evidence.kind] as (one: ServiceCase, wanted: object, criterion: Criterion) => CriterionReading
  return verdictOf(id, sourceOf(evidence), criterion, read(one, evidence, criterion))
}

function verdictOf(
  id: string,
  source: CriterionSource,
  label: LocalizedText,
  { text, ...measured }: CriterionReading,
): CriterionVerdict {
  return {
    id,
    source,
    ...measured,
    text: { sv: `${label.sv} (${text.sv}).`, en: `${label.en} (${text.en}).` },
  }
}
