import { z } from 'zod'

import type { VerbOption } from '../Verb.ts'
import type { Problem } from './problems.ts'

const problem = (name: Problem) => name

/** Of every command. */
export const commonInput = { store: z.string().min(1).optional(), json: z.boolean().default(false) }

/** Of every command that changes the rollout. The lengths are those of the log. */
export const changeInput = {
  ...commonInput,
  actor: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((name) => !name.startsWith('engine@'), problem('actor_reserved'))
    .optional(),
  reason: z.string().trim().min(1, problem('reason_missing')).max(1000).optional(),
  yes: z.boolean().default(false),
}

/** The same where the log must say why. */
export const reasonedInput = {
  ...changeInput,
  reason: z
    .string({ error: () => problem('reason_missing') })
    .trim()
    .min(1, problem('reason_missing'))
    .max(1000),
}

export const serviceInput = z.string().min(1).max(200)

/** `25`, `2.5`, `2,5` and `25%`, in basis points. */
export const percentageInput = z
  .string()
  .regex(/^\d{1,3}([.,]\d{1,2})? ?%?$/, problem('percentage'))
  .transform((text) => Math.round(Number.parseFloat(text.replace(',', '.')) * 100))
  .pipe(z.number().max(10_000, problem('percentage')))

export const countInput = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, problem('whole_number'))
  .transform(Number)
  .pipe(z.number().max(100_000, problem('whole_number')))

/** `1200:` and the hash of that entry. */
export const checkpointInput = z
  .string()
  .regex(/^[1-9]\d{0,14}:[0-9a-f]{64}$/, problem('checkpoint'))
  .transform((text) => {
    const [sequence, hash = ''] = text.split(':')
    return { sequence: Number(sequence), hash }
  })

/** A date, or a date and time with its zone, as epoch milliseconds. */
export const instantInput = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/, problem('instant'))
  .transform((text) => Date.parse(text))
  .refine((instant) => !Number.isNaN(instant), problem('instant'))

export const decimalInput = z
  .string()
  .regex(/^\d{1,6}([.,]\d{1,6})?$/, problem('rate'))
  .transform((text) => Number.parseFloat(text.replace(',', '.')))

/** What a generator of 32 bits takes. */
export const seedInput = z
  .string()
  .regex(/^\d{1,10}$/, problem('seed'))
  .transform(Number)
  .pipe(z.number().max(2 ** 32 - 1, problem('seed')))

export type ChangeInput = z.output<z.ZodObject<typeof changeInput>>

export const COMMON_OPTIONS: readonly VerbOption[] = [
  {
    flags: '--store <location>',
    text: {
      sv: 'fil eller postgres://… (annars GRADVIS_STORE, annars ./data/rollout.db)',
      en: 'file or postgres://… (else GRADVIS_STORE, else ./data/rollout.db)',
    },
  },
  { flags: '--json', text: { sv: 'ett JSON-objekt på stdout', en: 'one JSON object on stdout' } },
]

export const CHANGE_OPTIONS: readonly VerbOption[] = [
  ...COMMON_OPTIONS,
  {
    flags: '--actor <name>',
    text: {
      sv: 'vem som ändrar (annars GRADVIS_ACTOR, annars ditt användarnamn)',
      en: 'who changes it (else GRADVIS_ACTOR, else your user name)',
    },
  },
  { flags: '--reason <text>', text: { sv: 'varför; sparas i loggen', en: 'why; kept in the log' } },
  { flags: '-y, --yes', text: { sv: 'fråga inte, för skript', en: 'do not ask, for scripts' } },
]
