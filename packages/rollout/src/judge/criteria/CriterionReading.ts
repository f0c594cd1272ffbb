import type { Criterion, CriterionEvidence } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'

import type { ServiceCase } from '../ServiceCase.ts'
import type { CriterionVerdict } from '../Verdict.ts'

/** `text` is what was seen, as part of a sentence that begins with the criterion's own words. */
export type CriterionReading = Omit<CriterionVerdict, 'id' | 'source' | 'text'> & Readonly<{ text: LocalizedText }>

export type EvidenceOf<Kind extends CriterionEvidence['kind']> = Extract<CriterionEvidence, { kind: Kind }>

/** How one kind of evidence is read. Never `met` without evidence of the current phase. */
export type ReadCriterion<Kind extends CriterionEvidence['kind']> = (
  one: ServiceCase,
  wanted: EvidenceOf<Kind>,
  criterion: Criterion,
) => CriterionReading
