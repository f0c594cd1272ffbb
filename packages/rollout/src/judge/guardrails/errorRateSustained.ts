import type { Language } from '@gradvis/kernel'

import { countsBetween, SLOTS_PER_SPAN } from '../../evidence/RecentCounts.ts'
import { errorRateEvidence } from '../../statistics/errorRateEvidence.ts'
import { numberText, percentText } from '../numberText.ts'
import type { ServiceCase } from '../ServiceCase.ts'
import type { ReadGuardrail } from './GuardrailReading.ts'
import { NO_THRESHOLD, noData } from './noData.ts'
import { unbrokenBreach, type UnbrokenBreach } from './unbrokenBreach.ts'

/**
 * Breached when the rate over the trailing minutes has been above the threshold at every tick of as many minutes, and,
 * unless the rule is `raw`, the evidence of those minutes supports it. The rate alone is a false alarm machine at low
 * traffic: two faults a moment apart keep it up for that long.
 */
export const errorRateSustained: ReadGuardrail<'error-rate-sustained'> = (one, { minutes, rule, alpha }) => {
  const { evidence, threshold, now } = one
  if (evidence === undefined) return noData()
  if (threshold === undefined) return noData(NO_THRESHOLD)
  const { recent } = evidence
  const slot = Math.floor(now / recent.slotMs)
  const breach = unbrokenBreach(recent, { threshold, now: slot })
  const { operations, faults } = breach.trailing
  if (operations === 0) return noData(quietFor(minutes))
  const support = rule === 'raw' ? undefined : supportOf(one, { slot, alpha, threshold })
  const isSupported = support === undefined || support.evidence >= support.evidenceLimit
  return {
    outcome: breach.whole && isSupported ? 'breached' : 'ok',
    value: faults / operations,
    limit: threshold,
    unit: 'share',
    samples: operations,
    ...support,
    text: {
      sv: sentence(breach, { language: 'sv', minutes, threshold, isSupported }),
      en: sentence(breach, { language: 'en', minutes, threshold, isSupported }),
    },
  }
}

type Support = Readonly<{ evidence: number; evidenceLimit: number }>

/**
 * The likelihood ratio of everything since the last multiple of the minutes that lies at least that long back. Each such
 * start has an e-process of its own; the union bound over the starts of a phase makes the limit ln(starts / alpha).
 * Where those minutes hold enough operations it finds a rate that jumps up after days of health sooner than the test of
 * the whole phase, which has kept only a small share of its bets for so late a start. A phase that lasts longer than
 * planned has more starts, and the limit rises with them.
 */
function supportOf(
  { evidence, phase, plan, now }: ServiceCase,
  { slot, alpha, threshold }: Readonly<{ slot: number; alpha: number; threshold: number }>,
): Support | undefined {
  const planned = phase ?? plan.phases[0]
  if (evidence === undefined || planned === undefined) return undefined
  const { recent, sinceMs } = evidence
  const spanMs = recent.slotMs * SLOTS_PER_SPAN
  const start = Math.floor(slot / SLOTS_PER_SPAN - 1) * SLOTS_PER_SPAN
  const starts = Math.max(1, Math.ceil(Math.max(planned.endMs - planned.startMs, now - sinceMs) / spanMs))
  const counts = countsBetween(recent, start, slot)
  return { evidence: errorRateEvidence({ ...counts, threshold }), evidenceLimit: Math.log(starts / alpha) }
}

type Told = Readonly<{ language: Language; minutes: number; threshold: number; isSupported: boolean }>

function sentence({ trailing, slots, whole }: UnbrokenBreach, { language, minutes, threshold, isSupported }: Told) {
  const { operations, faults } = trailing
  const [limit, rate] = [threshold, faults / operations].map((share) => percentText(share, language))
  const [lasted, all, count] = [(slots / SLOTS_PER_SPAN) * minutes, minutes, operations].map((value) =>
    numberText(value, language),
  )
  const lacks = whole && !isSupported
  if (language === 'sv')
    return `Felfrekvensen har legat över ${limit} i ${lasted} av ${all} minuter i följd (just nu ${rate} av ${count} operationer)${lacks ? ', men bevisen räcker inte' : ''}.`
  return `The error rate has been above ${limit} for ${lasted} of ${all} unbroken minutes (now ${rate} of ${count} operations)${lacks ? ', but the evidence is not sufficient' : ''}.`
}

function quietFor(minutes: number) {
  return {
    sv: `Den migrerade sidan har inte använts på ${numberText(minutes, 'sv')} minuter.`,
    en: `The migrated side has not been used for ${numberText(minutes, 'en')} minutes.`,
  }
}
