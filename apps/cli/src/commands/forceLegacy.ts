import { z } from 'zod'

import { CHANGE_OPTIONS, reasonedInput } from '../arguments/inputs.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const forceLegacy = defineVerb({
  name: 'force-legacy',
  summary: {
    sv: 'nödstopp: alla tjänster till legacy, på varje instans inom en sekund',
    en: 'emergency stop: every service to legacy, on every instance within a second',
  },
  arguments: [{ name: 'state', text: { sv: 'on eller off', en: 'on or off' } }],
  options: CHANGE_OPTIONS,
  examples: [
    ['force-legacy on --reason "outage" --yes', { sv: 'stoppa allt nu', en: 'stop everything now' }],
    [
      'force-legacy off --reason "outage over"',
      {
        sv: 'tillbaka till andelarna före stoppet; påbörjade fasers tid och underlag börjar om',
        en: 'back to the percentages before the stop; time and evidence of phases under way begin anew',
      },
    ],
  ],
  input: z.strictObject({ ...reasonedInput, state: z.enum(['on', 'off']) }),
  run: (input, session) => changeRollout(input, session, () => ({ type: 'force-legacy', on: input.state === 'on' })),
})
