import type { Language } from '@gradvis/kernel'

import { errorRateUpperBound } from '../../statistics/errorRateUpperBound.ts'
import { minimumSamples } from '../../statistics/minimumSamples.ts'
import { numberText, percentText } from '../numberText.ts'
import { countsOf, progressText } from './countsOf.ts'
import type { ReadCriterion } from './CriterionReading.ts'

/** 100 % is no limit that a test can take; what lies a hair below means the same. */
const HIGHEST_LIMIT = 1 - 1e-9

/**
 * Met when the upper 95 % bound of the rate is within the limit. Missing while there are so few operations that not even
 * a spotless record would show that.
 */
export const errorRate: ReadCriterion<'error-rate'> = (one, { belowPercent, operations: names }) => {
  const limit = Math.min(belowPercent / 100, HIGHEST_LIMIT)
  const { operations, faults } = countsOf(one, names)
  const least = minimumSamples(limit)
  const measured = { limit, unit: 'share', samples: operations } as const
  if (operations < least)
    return {
      ...measured,
      outcome: 'missing',
      ...(operations > 0 && { value: faults / operations }),
      text: progressText(operations, least),
    }
  const bound = errorRateUpperBound({ operations, faults })
  const say = (language: Language) => ({
    counts: [faults, operations].map((count) => numberText(count, language)),
    bound: percentText(bound, language),
  })
  const [sv, en] = [say('sv'), say('en')]
  return {
    ...measured,
    outcome: bound <= limit ? 'met' : 'unmet',
    value: faults / operations,
    text: {
      sv: `${sv.counts[0]} fel av ${sv.counts[1]} operationer, med 95 % säkerhet högst ${sv.bound}`,
      en: `${en.counts[0]} faults of ${en.counts[1]} operations, with 95% confidence at most ${en.bound}`,
    },
  }
}
