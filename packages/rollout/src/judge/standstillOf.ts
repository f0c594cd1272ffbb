import type { LocalizedText } from '@gradvis/kernel'

import { instantText } from './instantText.ts'
import type { ServiceCase } from './ServiceCase.ts'

/** Clocks of instances differ a little; by more than this, the time of a judgement cannot be trusted. */
const CLOCK_TOLERANCE_MS = 60_000

/** Why a service does not move on at all at present, whatever its criteria say; undefined where it may. */
export function standstillOf({ status, rollout, now }: ServiceCase): LocalizedText | undefined {
  if (status.status === 'rolled-back') return rolledBack(status.cooldownUntilMs)
  if (status.incident !== undefined) return INCIDENT
  if (rollout.emergencyStop) return EMERGENCY_STOP
  if (!(now >= rollout.at - CLOCK_TOLERANCE_MS)) return clockBehind(now, rollout.at)
  if (status.status === 'paused') return PAUSED
  if (status.status === 'complete') return COMPLETE
  return undefined
}

function rolledBack(cooldownUntilMs: number): LocalizedText {
  const until = instantText(cooldownUntilMs)
  return {
    sv: `Tillbakarullad; en operatör kan återuppta tidigast ${until}.`,
    en: `Rolled back; an operator may resume at ${until} at the earliest.`,
  }
}

function clockBehind(now: number, eventAt: number): LocalizedText {
  const [sv, last] = [instantText(now), instantText(eventAt)]
  return {
    sv: `Klockan (${sv}) går efter den senaste händelsen (${last}); ingen fas går vidare förrän den är rätt. Kontrollera instansens klocka.`,
    en: `The clock (${sv}) is behind the latest event (${last}); no phase moves on until it is right. Check the clock of this instance.`,
  }
}

const INCIDENT: LocalizedText = {
  sv: 'En incident håller tjänsten på legacy tills en operatör släpper den.',
  en: 'An incident holds the service on legacy until an operator releases it.',
}

const EMERGENCY_STOP: LocalizedText = {
  sv: 'Nödstoppet är på: alla kör legacy, och ingen fas går vidare.',
  en: 'The emergency stop is on: everybody runs legacy, and no phase moves on.',
}

const PAUSED: LocalizedText = {
  sv: 'Pausad; går vidare när en operatör återupptar den.',
  en: 'Paused; goes on when an operator resumes it.',
}

const COMPLETE: LocalizedText = { sv: 'Utrullningen är klar.', en: 'The rollout is complete.' }
