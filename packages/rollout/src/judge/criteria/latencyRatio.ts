import type { Language } from '@gradvis/kernel'

import { compareLatency } from '../../statistics/compareLatency.ts'
import { LatencySketch } from '../../statistics/LatencySketch.ts'
import { numberText } from '../numberText.ts'
import type { ServiceCase } from '../ServiceCase.ts'
import type { CriterionReading, EvidenceOf, ReadCriterion } from './CriterionReading.ts'

/** Below this, on either side, nothing is said of an operation. */
const MINIMUM_CALLS = 200
const ALPHA = 0.05
const NO_CALLS = new LatencySketch()

type Compared = Readonly<{
  operation: string
  calls: number
  enough: boolean
  ratio: number | undefined
  upperBound: number
  limit: number
}>

/**
 * Met when, for every operation, the upper bound of the ratio of mean response times is within the limit. Each has to
 * pass by itself, so nothing is shared among them. Missing while an operation that is named has too few calls, or, where
 * none is named, while all have.
 */
export const latencyRatio: ReadCriterion<'latency-ratio'> = (one, wanted) => {
  const names = wanted.operations ?? [...(one.evidence?.sides.migrated.keys() ?? [])]
  const all = names.map((operation) => compare(one, operation, wanted))
  const [judged, lacking] = [all.filter(({ enough }) => enough), all.filter(({ enough }) => !enough)]
  const lacks = wanted.operations === undefined ? undefined : lacking[0]
  const [first, ...others] = judged
  if (lacks !== undefined || first === undefined) return tooFew(lacks ?? lacking[0])
  const worst = others.reduce(
    (one, other) => (other.upperBound / other.limit > one.upperBound / one.limit ? other : one),
    first,
  )
  return {
    outcome: worst.upperBound <= worst.limit ? 'met' : 'unmet',
    ...(worst.ratio !== undefined && { value: worst.ratio }),
    limit: worst.limit,
    unit: 'ratio',
    samples: worst.calls,
    text: { sv: sentence(worst, 'sv'), en: sentence(worst, 'en') },
  }
}

function compare(one: ServiceCase, operation: string, wanted: EvidenceOf<'latency-ratio'>): Compared {
  const migrated = one.evidence?.sides.migrated.get(operation)?.latency ?? NO_CALLS
  const legacy = one.evidence?.sides.legacy.get(operation)?.latency ?? NO_CALLS
  const compared = compareLatency({ migrated, legacy }, { alpha: ALPHA, minimumSamples: MINIMUM_CALLS })
  const { enough, ratio, upperBound } = compared
  const calls = Math.min(migrated.count, legacy.count)
  return { operation, calls, enough, ratio, upperBound, limit: limitOf(wanted, legacy.meanMs) }
}

/** What must be faster cannot be excused by a small difference. */
function limitOf({ atMost, minimumDifferenceMs }: EvidenceOf<'latency-ratio'>, legacyMeanMs = Infinity): number {
  return atMost < 1 ? atMost : Math.max(atMost, 1 + minimumDifferenceMs / legacyMeanMs)
}

function tooFew(compared: Compared | undefined): CriterionReading {
  const calls = compared?.calls ?? 0
  const name = compared === undefined ? '' : `${compared.operation}: `
  return {
    outcome: 'missing',
    unit: 'ratio',
    samples: calls,
    text: {
      sv: `${name}${calls} av minst ${MINIMUM_CALLS} samtidiga anrop på båda sidor`,
      en: `${name}${calls} of at least ${MINIMUM_CALLS} concurrent calls on both sides`,
    },
  }
}

function sentence({ operation, ratio = 0, upperBound, limit }: Compared, language: Language): string {
  const [seen, bound, most] = [ratio, upperBound, limit].map((value) => numberText(value, language))
  return language === 'sv'
    ? `${operation} tar ${seen} gånger legacys tid, med 95 % säkerhet högst ${bound}; högst ${most} krävs`
    : `${operation} takes ${seen} times legacy’s time, with 95% confidence at most ${bound}; at most ${most} is required`
}
