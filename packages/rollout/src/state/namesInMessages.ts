import type { LocalizedText } from '@gradvis/kernel'

import type { IncidentKind } from './RolloutEvent.ts'
import type { ServiceStatus } from './RolloutStatus.ts'

/** After "är" and "is". */
export const STATUS_NAMES = {
  waiting: { sv: 'i väntan på sin start', en: 'waiting for its start' },
  running: { sv: 'igång', en: 'running' },
  paused: { sv: 'pausad', en: 'paused' },
  'rolled-back': { sv: 'tillbakarullad', en: 'rolled back' },
  complete: { sv: 'slutförd', en: 'complete' },
} as const satisfies Record<ServiceStatus['status'], LocalizedText>

/** After "en" in Swedish. */
export const INCIDENT_NAMES = {
  security: { sv: 'säkerhetsincident', en: 'a security incident' },
  gdpr: { sv: 'GDPR-överträdelse', en: 'a GDPR violation' },
} as const satisfies Record<IncidentKind, LocalizedText>

/** In the place of a list of names. */
export const NONE_HERE = { sv: 'inget finns i den här fasen', en: 'there are none in this phase' } as const
