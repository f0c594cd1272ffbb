import type { Language } from '@gradvis/kernel'

import { errorRateVerdict } from '../../statistics/ErrorRateTest.ts'
import { numberText, percentText } from '../numberText.ts'
import type { ReadGuardrail } from './GuardrailReading.ts'
import { NO_THRESHOLD, noData } from './noData.ts'

/** Breached as soon as the evidence of the whole phase is overwhelming, however short the time; latched from then on. */
export const errorRateEarly: ReadGuardrail<'error-rate-early'> = ({ evidence, threshold }) => {
  if (evidence === undefined) return noData()
  if (threshold === undefined || evidence.test?.threshold !== threshold) return noData(NO_THRESHOLD)
  const { operations, faults } = evidence.test
  if (operations === 0) return noData()
  const { peakEvidence, limit, exceeded } = errorRateVerdict(evidence.test)
  const rate = faults / operations
  const seen = (language: Language) => ({
    rate: percentText(rate, language),
    counts: [faults, operations].map((count) => numberText(count, language)),
    threshold: percentText(threshold, language),
    evidence: `${numberText(peakEvidence, language)} / ${numberText(limit, language)}`,
  })
  const [sv, en] = [seen('sv'), seen('en')]
  return {
    outcome: exceeded ? 'breached' : 'ok',
    value: rate,
    limit: threshold,
    unit: 'share',
    samples: operations,
    evidence: peakEvidence,
    evidenceLimit: limit,
    text: {
      sv: `Felfrekvensen är ${sv.rate} (${sv.counts[0]} fel av ${sv.counts[1]} operationer) mot tröskeln ${sv.threshold}; bevisen för att den är högre ${exceeded ? 'räcker' : 'räcker inte'} (${sv.evidence}).`,
      en: `The error rate is ${en.rate} (${en.counts[0]} faults of ${en.counts[1]} operations) against the threshold ${en.threshold}; the evidence that it is higher is ${exceeded ? 'sufficient' : 'not sufficient'} (${en.evidence}).`,
    },
  }
}
