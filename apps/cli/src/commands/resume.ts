import { z } from 'zod'

import { CHANGE_OPTIONS, changeInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const resume = defineVerb({
  name: 'resume',
  summary: {
    sv: 'fortsätt efter en paus, eller börja om efter en rollback',
    en: 'go on after a pause, or begin again after a rollback',
  },
  arguments: [SERVICE_ARGUMENT],
  options: CHANGE_OPTIONS,
  examples: [
    ['resume backup', { sv: 'fråga först, fortsätt sedan', en: 'asks first, then goes on' }],
    ['resume BackupService --yes --reason "fixed in 1.4.2"', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...changeInput, service: serviceInput }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'resume',
      service: resolveService(input.service, servicesOf(status)),
    })),
})
