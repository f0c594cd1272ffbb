import type { LocalizedText } from '@gradvis/kernel'

/** What schemas of ours say, by the word that they say it with: zod knows one language at a time. */
export const PROBLEMS = {
  percentage: {
    sv: 'ska vara en andel från 0 till 100 med högst två decimaler, till exempel 25 eller 2.5',
    en: 'must be a percentage from 0 to 100 with two decimals at most, such as 25 or 2.5',
  },
  reason_missing: {
    sv: 'krävs här; skriv varför, det sparas i loggen',
    en: 'is required here; write why, it is kept in the log',
  },
  actor_reserved: {
    sv: 'får inte börja med "engine@", som bara motorn själv heter',
    en: 'must not begin with "engine@", which only the engine itself is called',
  },
  whole_number: { sv: 'ska vara ett heltal från 1 till 100000', en: 'must be a whole number from 1 to 100000' },
  rate: { sv: 'ska vara ett tal, till exempel 0.5 eller 20', en: 'must be a number such as 0.5 or 20' },
  seed: { sv: 'ska vara ett heltal från 0 till 4294967295', en: 'must be a whole number from 0 to 4294967295' },
  checkpoint: {
    sv: 'ska vara en kontrollpunkt som gradvis audit verify har visat, post:hash',
    en: 'must be a checkpoint that gradvis audit verify has shown, entry:hash',
  },
  instant: {
    sv: 'ska vara ett datum eller en tidpunkt, till exempel 2025-01-10 eller 2025-01-10T08:00Z',
    en: 'must be a date or an instant, such as 2025-01-10 or 2025-01-10T08:00Z',
  },
  attribute: { sv: 'skrivs namn=värde', en: 'is written name=value' },
  incident_form: {
    sv: 'behöver antingen --kind och --severity, eller --release',
    en: 'needs either --kind and --severity, or --release',
  },
  not_together: { sv: 'går inte tillsammans med --file', en: 'does not go together with --file' },
  not_with_file: { sv: 'går bara utan <file>', en: 'only goes without <file>' },
} satisfies Record<string, LocalizedText>

export type Problem = keyof typeof PROBLEMS
