import type { LocalizedText } from '@gradvis/kernel'

import type { Cause, RolloutEvent, StoredEvent } from './RolloutEvent.ts'

type EventOf<Type extends RolloutEvent['type']> = Extract<RolloutEvent, { type: Type }>

/** One sentence for people; who, when and the operator's reason stand beside it. */
export function describeEvent({ event }: Pick<StoredEvent, 'event'>): LocalizedText {
  const describe = SENTENCES[event.type] as (event: RolloutEvent) => LocalizedText
  return describe(event)
}

const SENTENCES = {
  plan_adopted: ({ revision }) => ({
    sv: `Planens revision ${revision} gäller.`,
    en: `Revision ${revision} of the plan applies.`,
  }),
  phase_entered: ({ service, phase, percentageBps }) => ({
    sv: `${service} går in i fasen ${phase} med ${percent(percentageBps, 'sv')}.`,
    en: `${service} enters phase ${phase} at ${percent(percentageBps, 'en')}.`,
  }),
  completed: ({ service }) => ({ sv: `${service} är helt utrullad.`, en: `${service} is fully rolled out.` }),
  paused: ({ service, cause, verdict }) => ({
    sv: `${service} är pausad ${causeText(cause).sv}.${reasonOf(verdict).sv}`,
    en: `${service} is paused ${causeText(cause).en}.${reasonOf(verdict).en}`,
  }),
  resumed: ({ service }) => ({ sv: `${service} är återupptagen.`, en: `${service} is resumed.` }),
  rolled_back: ({ service, cause, verdict }) => ({
    sv: `${service} är tillbakarullad ${causeText(cause).sv}.${reasonOf(verdict).sv}`,
    en: `${service} is rolled back ${causeText(cause).en}.${reasonOf(verdict).en}`,
  }),
  percentage_set: ({ service, percentageBps }) => ({
    sv: `${service} står på ${percent(percentageBps, 'sv')} tills den återupptas.`,
    en: `${service} stands at ${percent(percentageBps, 'en')} until it is resumed.`,
  }),
  emergency_stop_set: ({ on }) =>
    on
      ? {
          sv: 'Nödstoppet är på: alla tjänster kör legacy.',
          en: 'The emergency stop is on: every service runs legacy.',
        }
      : { sv: 'Nödstoppet är av.', en: 'The emergency stop is off.' },
  incident_reported: ({ service, kind, severity }) => ({
    sv: `${INCIDENTS[kind].sv} (${severity}) rapporterad för ${service}.`,
    en: `${INCIDENTS[kind].en} (${severity}) reported for ${service}.`,
  }),
  incident_released: ({ service }) => ({
    sv: `Incidenten för ${service} är släppt.`,
    en: `The incident of ${service} is released.`,
  }),
  signed_off: ({ service, phase, criterion }) => ({
    sv: `Kriteriet ${criterion} är godkänt för ${service} i fasen ${phase}.`,
    en: `The criterion ${criterion} is signed off for ${service} in phase ${phase}.`,
  }),
  probe_reported: ({ service, probe, passed }) => ({
    sv: `Självtestet ${probe} för ${service} ${passed ? 'lyckades' : 'misslyckades'}.`,
    en: `The probe ${probe} of ${service} ${passed ? 'passed' : 'failed'}.`,
  }),
  guardrail_observed: ({ service, guardrail }) => ({
    sv: `Skyddsräcket ${guardrail} skulle ha ingripit för ${service}, men observerar bara.`,
    en: `The guardrail ${guardrail} would have acted on ${service}, but only observes.`,
  }),
} satisfies { readonly [Type in RolloutEvent['type']]: (event: EventOf<Type>) => LocalizedText }

const INCIDENTS = {
  security: { sv: 'Säkerhetsincident', en: 'Security incident' },
  gdpr: { sv: 'GDPR-överträdelse', en: 'GDPR violation' },
} as const

function causeText(cause: Cause): LocalizedText {
  if (cause.kind === 'guardrail')
    return { sv: `av skyddsräcket ${cause.guardrail}`, en: `by the guardrail ${cause.guardrail}` }
  if (cause.kind === 'dependency')
    return { sv: `eftersom ${cause.service} rullades tillbaka`, en: `because ${cause.service} was rolled back` }
  return { sv: 'av en operatör', en: 'by an operator' }
}

function reasonOf(verdict: EventOf<'rolled_back'>['verdict']): LocalizedText {
  const reason = verdict?.reasons[0]
  return reason ? { sv: ` ${reason.sv}`, en: ` ${reason.en}` } : { sv: '', en: '' }
}

function percent(bps: number, language: 'sv' | 'en'): string {
  return language === 'sv' ? `${String(bps / 100).replace('.', ',')} %` : `${bps / 100}%`
}
