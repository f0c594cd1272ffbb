import { instantText } from '../instantText.ts'
import type { ReadCriterion } from './CriterionReading.ts'

/** Met when an operator has signed it off in this phase. */
export const signOff: ReadCriterion<'sign-off'> = ({ status }, _wanted, { id }) => {
  const signed = Object.hasOwn(status.signOffs, id) ? status.signOffs[id] : undefined
  if (signed === undefined)
    return {
      outcome: 'missing',
      text: { sv: 'väntar på en operatörs godkännande', en: 'waits for an operator’s sign-off' },
    }
  const { actor, at } = signed
  return {
    outcome: 'met',
    text: { sv: `godkänt av ${actor} ${instantText(at)}`, en: `signed off by ${actor} ${instantText(at)}` },
  }
}
