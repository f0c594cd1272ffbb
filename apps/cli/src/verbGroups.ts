import type { LocalizedText } from '@gradvis/kernel'

/** What the commands of two words have in common, by their first word. */
export const VERB_GROUPS: Readonly<Record<string, LocalizedText>> = {
  audit: {
    sv: 'granskningsloggen: verify, export, erase',
    en: 'the audit trail: verify, export, erase',
  },
}
