import { z } from 'zod'

import { CHANGE_OPTIONS, changeInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const pause = defineVerb({
  name: 'pause',
  summary: { sv: 'stanna på den andel som gäller', en: 'stand at the percentage that applies' },
  arguments: [SERVICE_ARGUMENT],
  options: CHANGE_OPTIONS,
  examples: [
    ['pause backup', { sv: 'fråga först, pausa sedan', en: 'asks first, then pauses' }],
    ['pause BackupService --yes --reason "release freeze"', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...changeInput, service: serviceInput }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'pause',
      service: resolveService(input.service, servicesOf(status)),
    })),
})
