import { z } from 'zod'

import { CHANGE_OPTIONS, changeInput, percentageInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const set = defineVerb({
  name: 'set',
  summary: {
    sv: 'stå på en viss andel tills tjänsten återupptas',
    en: 'stand at a percentage until the service is resumed',
  },
  arguments: [
    SERVICE_ARGUMENT,
    { name: 'percent', text: { sv: '0 till 100, högst två decimaler', en: '0 to 100, two decimals at most' } },
  ],
  options: CHANGE_OPTIONS,
  examples: [
    ['set backup 25', { sv: 'fråga först, sätt sedan 25 %', en: 'asks first, then sets 25%' }],
    ['set backup 2.5 --yes --reason "canary"', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...changeInput, service: serviceInput, percent: percentageInput }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'set',
      service: resolveService(input.service, servicesOf(status)),
      percentageBps: input.percent,
    })),
})
