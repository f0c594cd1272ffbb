import type { LocalizedText } from '@gradvis/kernel'

import type { GuardrailReading } from './GuardrailReading.ts'

/** Neither fine nor breached: it never acts, and never lets a phase pass either. */
export function noData(why: LocalizedText = NOTHING_SEEN): GuardrailReading {
  return { outcome: 'no-data', text: why }
}

const NOTHING_SEEN: LocalizedText = {
  sv: 'Den migrerade sidan har inte använts än.',
  en: 'The migrated side has not been used yet.',
}

export const NO_THRESHOLD: LocalizedText = {
  sv: 'Planen anger ingen tröskel för felfrekvensen.',
  en: 'The plan names no threshold for the error rate.',
}
