import { z } from 'zod'

import { CHANGE_OPTIONS, changeInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const promote = defineVerb({
  name: 'promote',
  summary: {
    sv: 'gå in i nästa fas nu, vad dess kriterier än säger',
    en: 'enter the next phase now, whatever its criteria say',
  },
  arguments: [SERVICE_ARGUMENT],
  options: CHANGE_OPTIONS,
  examples: [
    ['promote backup', { sv: 'fråga först, gå sedan vidare', en: 'asks first, then moves on' }],
    ['promote BackupService --yes --reason "ticket 4711"', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...changeInput, service: serviceInput }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'promote',
      service: resolveService(input.service, servicesOf(status)),
    })),
})
