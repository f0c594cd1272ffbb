import { formatParam } from './formatParam.ts'
import type { Language, LocalizedText } from './Language.ts'

/** What a zod schema found wrong: `$ZodRawIssue`, by shape, because kernel depends on nothing. */
export type Issue = Readonly<{
  code: string
  input?: unknown
  expected?: unknown
  origin?: unknown
  minimum?: unknown
  maximum?: unknown
  inclusive?: unknown
  exact?: unknown
  format?: unknown
  prefix?: unknown
  values?: unknown
  options?: unknown
  keys?: unknown
  divisor?: unknown
}>

type Describe = (issue: Issue, language: Language) => string | undefined

const pick = (sv: string, en: string, language: Language) => ({ sv, en })[language]

const TYPES: Readonly<Record<string, LocalizedText>> = {
  string: { sv: 'en text', en: 'a text' },
  number: { sv: 'ett tal', en: 'a number' },
  int: { sv: 'ett heltal', en: 'a whole number' },
  boolean: { sv: 'true eller false', en: 'true or false' },
  array: { sv: 'en lista', en: 'a list' },
  object: { sv: 'ett objekt', en: 'an object' },
  record: { sv: 'ett objekt', en: 'an object' },
  function: { sv: 'en funktion', en: 'a function' },
}

const FORMATS: Readonly<Record<string, LocalizedText>> = {
  email: { sv: 'en e-postadress', en: 'an e-mail address' },
  url: { sv: 'en webbadress', en: 'a web address' },
  uuid: { sv: 'ett UUID', en: 'a UUID' },
  datetime: { sv: 'en tidpunkt som 2025-01-16T08:00:00Z', en: 'an instant such as 2025-01-16T08:00:00Z' },
  date: { sv: 'ett datum som 2025-01-16', en: 'a date such as 2025-01-16' },
}

const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  invalid_type: ({ input, expected }, language) => {
    const type = TYPES[String(expected)]
    if (input === undefined) return pick('saknas', 'is missing', language)
    return type && pick(`ska vara ${type.sv}`, `must be ${type.en}`, language)
  },
  invalid_value: ({ values }, language) => oneOf(values, language),
  invalid_union: ({ options }, language) =>
    oneOf(options, language) ??
    pick('passar ingen av de former som godtas', 'fits none of the accepted forms', language),
  too_small: ({ minimum, ...issue }, language) => bound(issue, minimum, 'least', language),
  too_big: ({ maximum, ...issue }, language) => bound(issue, maximum, 'most', language),
  invalid_format: ({ format, prefix }, language) => {
    const form = FORMATS[String(format)]
    if (form) return pick(`ska vara ${form.sv}`, `must be ${form.en}`, language)
    if (format === 'starts_with')
      return pick(`ska börja med "${String(prefix)}"`, `must begin with "${String(prefix)}"`, language)
    return pick('har inte rätt form', 'does not have the right form', language)
  },
  custom: (_issue, language) => pick('har inte rätt form', 'does not have the right form', language),
  not_multiple_of: ({ divisor }, language) =>
    pick(`ska vara en multipel av ${String(divisor)}`, `must be a multiple of ${String(divisor)}`, language),
  unrecognized_keys: ({ keys }, language) => {
    const names = Array.isArray(keys) ? keys.map(fieldName) : []
    const [sv, en] = names.length === 1 ? ['okänt fält', 'unknown field'] : ['okända fält', 'unknown fields']
    return `${pick(sv, en, language)} (${names.join(', ')})`
  },
}

/**
 * What is wrong with a value, in words that follow its name: "ska vara en text", "must be a text". Never the value
 * itself. Undefined for the rarer kinds of issues, which the words of zod must do for.
 */
export function issueText(issue: Issue, language: Language): string | undefined {
  return Object.hasOwn(DESCRIPTIONS, issue.code) ? DESCRIPTIONS[issue.code]?.(issue, language) : undefined
}

function oneOf(values: unknown, language: Language): string | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined
  const list = values.map(String).join(', ')
  if (values.length === 1) return pick(`ska vara ${list}`, `must be ${list}`, language)
  return pick(`ska vara något av ${list}`, `must be one of ${list}`, language)
}

type Bound = Omit<Issue, 'minimum' | 'maximum'>

function bound({ origin, inclusive, exact }: Bound, limit: unknown, side: 'least' | 'most', language: Language) {
  const written = typeof limit === 'number' ? formatParam(limit, 'number', language) : String(limit)
  const word = {
    exact: { sv: 'exakt', en: 'exactly' },
    least: inclusive === false ? { sv: 'mer än', en: 'more than' } : { sv: 'minst', en: 'at least' },
    most: inclusive === false ? { sv: 'mindre än', en: 'less than' } : { sv: 'högst', en: 'at most' },
  }[exact === true ? 'exact' : side][language]
  if (origin === 'string' && side === 'least' && limit === 1)
    return pick('får inte vara tom', 'must not be empty', language)
  const unit = unitOf(origin, limit === 1)
  if (unit) return pick(`ska ha ${word} ${written} ${unit.sv}`, `must have ${word} ${written} ${unit.en}`, language)
  return pick(`ska vara ${word} ${written}`, `must be ${word} ${written}`, language)
}

function unitOf(origin: unknown, isOne: boolean): LocalizedText | undefined {
  if (origin === 'string') return { sv: 'tecken', en: isOne ? 'character' : 'characters' }
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return isOne ? { sv: 'värde', en: 'value' } : { sv: 'värden', en: 'values' }
  return undefined
}

/** A field that no schema knows was named by the caller: only what looks like a name is repeated. */
function fieldName(key: unknown): string {
  return typeof key === 'string' && /^[a-z_][\w-]{0,39}$/i.test(key) ? key : '…'
}
