import { instantText } from '../instantText.ts'
import type { ReadCriterion } from './CriterionReading.ts'

/** Met when the service's self-test of that name has passed since the phase began; the last report counts. */
export const probe: ReadCriterion<'probe'> = ({ status }, _wanted, { id }) => {
  const report = Object.hasOwn(status.probes, id) ? status.probes[id] : undefined
  const sinceMs = 'phaseSinceMs' in status ? status.phaseSinceMs : Number.POSITIVE_INFINITY
  if (report === undefined || report.at < sinceMs)
    return {
      outcome: 'missing',
      text: { sv: 'självtestet har inte körts i fasen', en: 'the probe has not run in this phase' },
    }
  const at = instantText(report.at)
  return report.passed
    ? { outcome: 'met', text: { sv: `självtestet lyckades ${at}`, en: `the probe passed ${at}` } }
    : { outcome: 'unmet', text: { sv: `självtestet misslyckades ${at}`, en: `the probe failed ${at}` } }
}
