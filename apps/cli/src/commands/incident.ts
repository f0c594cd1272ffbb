import { type Command, INCIDENT_KINDS, type RolloutStatus, SEVERITIES } from '@gradvis/rollout'
import { z } from 'zod'

import { CHANGE_OPTIONS, reasonedInput, serviceInput } from '../arguments/inputs.ts'
import type { Problem } from '../arguments/problems.ts'
import { resolveService, servicesOf } from '../arguments/resolveService.ts'
import { SERVICE_ARGUMENT } from '../arguments/serviceArgument.ts'
import { changeRollout } from '../change/changeRollout.ts'
import { defineVerb } from '../Verb.ts'

const FORM: Problem = 'incident_form'

const Input = z
  .strictObject({
    ...reasonedInput,
    service: serviceInput,
    kind: z.enum(INCIDENT_KINDS).optional(),
    severity: z.enum(SEVERITIES).optional(),
    release: z.boolean().default(false),
  })
  .refine(
    ({ kind, severity, release }) => (release ? !kind && !severity : kind !== undefined && severity !== undefined),
    FORM,
  )

export const incident = defineVerb({
  name: 'incident',
  summary: {
    sv: 'rapportera en säkerhetsincident eller GDPR-överträdelse, eller släpp den',
    en: 'report a security incident or GDPR violation, or release it',
  },
  arguments: [SERVICE_ARGUMENT],
  options: [
    ...CHANGE_OPTIONS,
    { flags: '--kind <kind>', text: { sv: 'security eller gdpr', en: 'security or gdpr' } },
    {
      flags: '--severity <severity>',
      text: {
        sv: 'low, medium, high eller critical; gdpr, och security critical, låser tjänsten till legacy',
        en: 'low, medium, high or critical; gdpr, and security critical, hold the service on legacy',
      },
    },
    {
      flags: '--release',
      text: { sv: 'släpp incidenten när den är utredd', en: 'release the incident once it is investigated' },
    },
  ],
  examples: [
    [
      'incident backup --kind gdpr --severity critical --reason "names in a log"',
      { sv: 'tillbaka till legacy, låst', en: 'back to legacy, latched' },
    ],
    ['incident backup --release --reason "case 17 closed"', { sv: 'släpp låset', en: 'release the latch' }],
  ],
  input: Input,
  run: (input, session) => changeRollout(input, session, (status) => commandOf(input, status)),
})

function commandOf({ service: typed, kind, severity }: z.output<typeof Input>, status: RolloutStatus): Command {
  const service = resolveService(typed, servicesOf(status))
  if (kind === undefined || severity === undefined) {
    // What is reported while somebody is being asked stays latched.
    return { type: 'release-incident', service, upTo: status.sequence }
  }
  return { type: 'report-incident', service, kind, severity }
}
