import type { IncidentKind } from '../../state/RolloutEvent.ts'
import type { ServiceStatus } from '../../state/RolloutStatus.ts'
import { isLatching } from '../../state/serviceSteps.ts'
import type { ServiceCase } from '../ServiceCase.ts'
import type { GuardrailReading } from './GuardrailReading.ts'

/** Breached at once and until an operator releases it: a GDPR violation, or a critical security incident. */
export function incident(kind: IncidentKind): (one: ServiceCase) => GuardrailReading {
  return ({ status }) => {
    const isLatched = latchedKinds(status).has(kind)
    return {
      outcome: isLatched ? 'breached' : 'ok',
      value: status.incidents.filter((one) => one.kind === kind).length,
      limit: 0,
      unit: 'count',
      text: TEXTS[kind][isLatched ? 'latched' : 'none'],
    }
  }
}

/** Only the first incident is latched, but one of the other kind that came later must not hide behind it. */
function latchedKinds({ incident: first, incidents }: ServiceStatus): ReadonlySet<IncidentKind> {
  if (first === undefined) return new Set()
  const later = incidents.filter((one) => isLatching(one) && one.sequence >= first.sequence)
  return new Set([first, ...later].map(({ kind }) => kind))
}

const TEXTS = {
  security: {
    latched: {
      sv: 'En kritisk säkerhetsincident är rapporterad; den gäller tills en operatör släpper den.',
      en: 'A critical security incident is reported; it stands until an operator releases it.',
    },
    none: {
      sv: 'Ingen kritisk säkerhetsincident är rapporterad.',
      en: 'No critical security incident is reported.',
    },
  },
  gdpr: {
    latched: {
      sv: 'En GDPR-överträdelse är rapporterad; den gäller tills en operatör släpper den.',
      en: 'A GDPR violation is reported; it stands until an operator releases it.',
    },
    none: { sv: 'Ingen GDPR-överträdelse är rapporterad.', en: 'No GDPR violation is reported.' },
  },
} as const satisfies Record<IncidentKind, unknown>
