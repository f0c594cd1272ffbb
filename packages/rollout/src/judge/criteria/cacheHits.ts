import type { Language } from '@gradvis/kernel'

import { numberText, percentText } from '../numberText.ts'
import { countsOf, progressText } from './countsOf.ts'
import type { ReadCriterion } from './CriterionReading.ts'

const MINIMUM_OPERATIONS = 50

/** Met when enough of the operations were answered from the cache. */
export const cacheHits: ReadCriterion<'cache-hits'> = (one, { atLeastPercent, operations: names }) => {
  const { operations, cacheHits: hits } = countsOf(one, names)
  const limit = atLeastPercent / 100
  const measured = { limit, unit: 'share', samples: operations } as const
  if (operations < MINIMUM_OPERATIONS)
    return { ...measured, outcome: 'missing', text: progressText(operations, MINIMUM_OPERATIONS) }
  const share = hits / operations
  const say = (language: Language) => [percentText(share, language), percentText(limit, language)] as const
  const [[svShare, svLimit], [enShare, enLimit]] = [say('sv'), say('en')]
  return {
    ...measured,
    outcome: share >= limit ? 'met' : 'unmet',
    value: share,
    text: {
      sv: `${svShare} av ${numberText(operations, 'sv')} operationer från cachen; minst ${svLimit} krävs`,
      en: `${enShare} of ${numberText(operations, 'en')} operations from the cache; at least ${enLimit} is required`,
    },
  }
}
