import type { LocalizedText } from '@gradvis/kernel'

/** What is wrong with an argument, by the word that its schema says it with: zod knows one language at a time. */
export const ARGUMENT_PROBLEMS = {
  instant: {
    sv: 'ska vara en tidpunkt i UTC, som 2025-01-13T00:00:00Z',
    en: 'must be a UTC instant such as 2025-01-13T00:00:00Z',
  },
  whole_number: { sv: 'ska vara ett heltal', en: 'must be a whole number' },
  even: { sv: 'ska vara ett jämnt tal från 2 till 100000', en: 'must be an even number from 2 to 100000' },
  port: { sv: 'ska vara en port från 0 till 65535', en: 'must be a port from 0 to 65535' },
  folder: { sv: 'ska vara en mapp', en: 'must be a folder' },
  store: { sv: 'ska vara en fil eller postgres://…', en: 'must be a file or postgres://…' },
  factor: { sv: 'ska vara en faktor från 1 till 100000', en: 'must be a factor from 1 to 100000' },
  not_with_accelerate: {
    sv: 'går inte tillsammans med --accelerate, som börjar nu',
    en: 'does not go together with --accelerate, which begins now',
  },
  only_with_accelerate: { sv: 'går bara tillsammans med --accelerate', en: 'only goes together with --accelerate' },
  store_in_use: {
    sv: 'har redan en utrullning; --accelerate behöver en ny fil eller en tom databas',
    en: 'has a rollout in it already; --accelerate needs a new file or an empty database',
  },
  unknown_option: { sv: 'finns inte', en: 'does not exist' },
  option_value: { sv: 'ska ha ett värde, eller inget', en: 'needs a value, or must have none' },
  unexpected: { sv: 'ska inte stå där', en: 'does not belong there' },
} as const satisfies Record<string, LocalizedText>

export type ArgumentProblem = keyof typeof ARGUMENT_PROBLEMS
