import { countsOf, progressText } from './countsOf.ts'
import type { ReadCriterion } from './CriterionReading.ts'

/**
 * Met when no incident of the kind, of any severity, was reported since the phase began. Nothing reported means nothing
 * while hardly anything has run, so it is missing until the plan's minimum of operations was seen.
 */
export const noIncident: ReadCriterion<'no-incident'> = (one, { incident }) => {
  const { status, minimumOperations } = one
  const { operations } = countsOf(one, undefined)
  const count = status.incidents.filter(({ kind }) => kind === incident).length
  const measured = { value: count, limit: 0, unit: 'count', samples: operations } as const
  const isOpen = status.incident?.kind === incident
  if (count > 0 || isOpen)
    return {
      ...measured,
      outcome: 'unmet',
      text: { sv: `rapporterade i fasen: ${count}`, en: `reported in this phase: ${count}` },
    }
  if (operations < minimumOperations || operations === 0)
    return { ...measured, outcome: 'missing', text: progressText(operations, Math.max(1, minimumOperations)) }
  return {
    ...measured,
    outcome: 'met',
    text: { sv: `ingen rapporterad på ${operations} operationer`, en: `none reported in ${operations} operations` },
  }
}
