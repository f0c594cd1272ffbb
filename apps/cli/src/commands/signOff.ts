import { z } from 'zod'

import { CHANGE_OPTIONS, reasonedInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const signOff = defineVerb({
  name: 'sign-off',
  summary: {
    sv: 'godkänn ett kriterium i fasen som pågår',
    en: 'sign off a criterion of the phase that is under way',
  },
  arguments: [
    SERVICE_ARGUMENT,
    {
      name: 'criterion',
      text: { sv: 'kriteriets id, se gradvis plan', en: 'the id of the criterion, see gradvis plan' },
    },
  ],
  options: CHANGE_OPTIONS,
  examples: [
    [
      'sign-off web reconnection --reason "20 drops, 20 returns, protocol 2025-14"',
      { sv: 'vad som prövades står i loggen', en: 'the log says what was tried' },
    ],
  ],
  input: z.strictObject({ ...reasonedInput, service: serviceInput, criterion: z.string().min(1).max(200) }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'sign-off',
      service: resolveService(input.service, servicesOf(status)),
      criterion: input.criterion,
    })),
})
