import { z } from 'zod'

import { CHANGE_OPTIONS, reasonedInput, serviceInput } from '../arguments/inputs.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

export const rollback = defineVerb({
  name: 'rollback',
  summary: {
    sv: 'ta tillbaka en tjänst, och de som är beroende av den, till legacy',
    en: 'take a service, and those that depend on it, back to legacy',
  },
  arguments: [SERVICE_ARGUMENT],
  options: CHANGE_OPTIONS,
  examples: [
    [
      'rollback backup --reason "wrong file sizes"',
      { sv: 'visar vad som händer och frågar', en: 'shows what happens and asks' },
    ],
    ['rollback backup --yes --reason "alarm 4711" --json', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...reasonedInput, service: serviceInput }),
  run: (input, session) =>
    changeRollout(input, session, (status) => ({
      type: 'rollback',
      service: resolveService(input.service, servicesOf(status)),
    })),
})
