import type { LocalizedText } from '@gradvis/kernel'

import { numberText, percentText } from '../numberText.ts'
import type { ServiceCase } from '../ServiceCase.ts'
import { progressText } from './countsOf.ts'
import type { CriterionReading } from './CriterionReading.ts'

export type ImpliedCriterion = LocalizedText & Readonly<{ id: string; reading: CriterionReading }>

/** What every phase asks for besides its gate: enough operations, and a rate that is not above the phase's threshold. */
export function impliedCriteria(one: ServiceCase): readonly ImpliedCriterion[] {
  const { operations, minimumOperations, threshold } = one
  const enough: ImpliedCriterion = {
    id: 'minimum-operations',
    sv: 'Tillräckligt många operationer',
    en: 'Enough operations',
    reading: {
      outcome: operations >= minimumOperations ? 'met' : 'missing',
      value: operations,
      limit: minimumOperations,
      unit: 'count',
      samples: operations,
      text: progressText(operations, minimumOperations),
    },
  }
  return threshold === undefined ? [enough] : [enough, withinThreshold(one, threshold)]
}

function withinThreshold({ operations, faults }: ServiceCase, threshold: number): ImpliedCriterion {
  const [sv, en] = [percentText(threshold, 'sv'), percentText(threshold, 'en')]
  const measured = { limit: threshold, unit: 'share', samples: operations } as const
  const labels = {
    id: 'within-threshold',
    sv: `Felfrekvens inom fasens tröskel ${sv}`,
    en: `Error rate within the phase’s threshold ${en}`,
  }
  if (operations === 0)
    return { ...labels, reading: { ...measured, outcome: 'missing', text: progressText(operations, 1) } }
  const rate = faults / operations
  const text = {
    sv: `${percentText(rate, 'sv')} av ${numberText(operations, 'sv')} operationer`,
    en: `${percentText(rate, 'en')} of ${numberText(operations, 'en')} operations`,
  }
  return { ...labels, reading: { ...measured, outcome: rate <= threshold ? 'met' : 'unmet', value: rate, text } }
}
