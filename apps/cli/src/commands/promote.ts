import { type Command, eventsOfCommand, type RolloutStatus } from '@gradvis/rollout'
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
  options: [
    ...CHANGE_OPTIONS,
    {
      flags: '--to <phase>',
      text: {
        sv: 'bara om den här fasen är nästa: då går kommandot att upprepa utan att flytta två steg',
        en: 'only if this phase is the next one: the command can then be repeated without moving two steps',
      },
    },
  ],
  examples: [
    ['promote backup', { sv: 'fråga först, gå sedan vidare', en: 'asks first, then moves on' }],
    ['promote BackupService --to extended --yes --reason "ticket 4711"', { sv: 'ur ett skript', en: 'from a script' }],
  ],
  input: z.strictObject({ ...changeInput, service: serviceInput, to: z.string().min(1).max(200).optional() }),
  run: (input, session) =>
    changeRollout(input, session, (status) => {
      const service = resolveService(input.service, servicesOf(status))
      return { type: 'promote', service, to: input.to ?? nextPhase(status, service, session.clock.now()) }
    }),
})

/** What is agreed to: the phase that is next now, and none that comes after it in the meantime. */
function nextPhase(status: RolloutStatus, service: string, at: number): string | undefined {
  const promotion: Command = { type: 'promote', service }
  const [planned] = eventsOfCommand(status, promotion, { actor: 'preview', at })
  return planned?.event.type === 'phase_entered' ? planned.event.phase : undefined
}
