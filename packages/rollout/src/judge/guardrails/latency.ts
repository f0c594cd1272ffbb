import type { Language } from '@gradvis/kernel'

import type { ServiceEvidence } from '../../evidence/Evidence.ts'
import { compareLatency, type LatencyComparison } from '../../statistics/compareLatency.ts'
import { numberText } from '../numberText.ts'
import type { ReadGuardrail } from './GuardrailReading.ts'
import { noData } from './noData.ts'

type Compared = Readonly<{ operation: string; samples: number; factor: number; comparison: LatencyComparison }>

/** Breached when the mean response time of any operation is worse than that of concurrent legacy by more than allowed. */
export const latency: ReadGuardrail<'latency'> = ({ evidence }, settings) => {
  if (evidence === undefined) return noData()
  const compared = compareAll(evidence, settings).filter(({ comparison }) => comparison.enough)
  const [first, ...others] = compared
  if (first === undefined) return noData(TOO_FEW)
  const worst = others.reduce(
    (one, other) => (other.comparison.evidence > one.comparison.evidence ? other : one),
    first,
  )
  const { comparison, factor, samples } = worst
  return {
    outcome: comparison.worse ? 'breached' : 'ok',
    ...(comparison.ratio !== undefined && { value: comparison.ratio }),
    limit: factor,
    unit: 'ratio',
    samples,
    evidence: comparison.evidence,
    evidenceLimit: comparison.limit,
    text: { sv: sentence(worst, 'sv'), en: sentence(worst, 'en') },
  }
}

/** Alpha is shared among the operations (Bonferroni), those with too few calls so far included. */
function compareAll(
  { sides }: ServiceEvidence,
  settings: Readonly<{ maxIncreasePercent: number; minimumDifferenceMs: number; alpha: number }>,
): readonly Compared[] {
  const shared = [...sides.migrated].flatMap(([operation, { latency: migrated }]) => {
    const legacy = sides.legacy.get(operation)?.latency
    return legacy?.meanMs === undefined || migrated.count === 0 ? [] : [{ operation, migrated, legacy }]
  })
  return shared.map(({ operation, migrated, legacy }) => {
    const tolerated = 1 + settings.minimumDifferenceMs / (legacy.meanMs ?? 1)
    const factor = Math.max(1 + settings.maxIncreasePercent / 100, tolerated)
    const comparison = compareLatency({ migrated, legacy }, { factor, alpha: settings.alpha / shared.length })
    return { operation, samples: migrated.count, factor, comparison }
  })
}

function sentence({ operation, factor, comparison }: Compared, language: Language): string {
  const { ratio = 0, p95Ratio = 0, worse } = comparison
  const [mean, tail, limit] = [ratio, p95Ratio, factor].map((value) => numberText(value, language))
  if (language === 'sv')
    return `${operation} tar ${mean} gånger så lång tid som legacy i medeltal (p95: ${tail} gånger); ${limit} gånger tolereras${worse ? ', och bevisen räcker' : ''}.`
  return `${operation} takes ${mean} times as long as legacy on average (p95: ${tail} times); ${limit} times is tolerated${worse ? ', and the evidence is sufficient' : ''}.`
}

const TOO_FEW = {
  sv: 'För få samtidiga anrop på båda sidor för att jämföra svarstider.',
  en: 'Too few concurrent calls on both sides to compare response times.',
}
