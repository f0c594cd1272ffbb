import type { Language } from './Language.ts'

const LOCALES = { sv: 'sv-SE', en: 'en-GB' } as const satisfies Record<Language, string>

/** Largest first: a duration is told in the first unit that it fills. */
const DURATION_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
  ['millisecond', 1],
] as const

type Format = (value: number, locale: string, argument: string) => string

const FORMATS = {
  number: (value, locale) => new Intl.NumberFormat(locale).format(value),
  duration: (ms, locale) => {
    const [unit, lengthMs] = DURATION_UNITS.find(([, length]) => Math.abs(ms) >= length) ?? ['millisecond', 1]
    const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(locale, options).format(ms / lengthMs)
  },
  // ISO 8601 in both languages: what Swedish writes anyway, and what logs and plans are compared with.
  instant: (epochMs) => {
    const at = new Date(epochMs)
    return Number.isNaN(at.getTime()) ? String(epochMs) : `${at.toISOString().slice(0, -8).replace('T', ' ')} UTC`
  },
  plural: (count, locale, argument) => {
    const [one = '', other = one] = argument.split('|')
    return new Intl.PluralRules(locale).select(count) === 'one' ? one : other
  },
} as const satisfies Record<string, Format>

/**
 * A number as a template asks for it: `number` (grouped, at most three decimals), `duration` (of milliseconds, in the
 * largest unit that it fills), `instant` (of epoch milliseconds, in UTC) or `plural(one|other)`, which writes the word
 * without the number. Undefined for a format that does not exist. Never throws.
 */
export function formatParam(value: number, format: string, language: Language): string | undefined {
  const [, name = '', argument = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(format) ?? []
  if (!Object.hasOwn(FORMATS, name)) return undefined
  return FORMATS[name as keyof typeof FORMATS](value, LOCALES[language], argument)
}
