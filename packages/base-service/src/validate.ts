import { issueText, type LocalizedText } from '@gradvis/kernel'
import type { z } from 'zod'
import { en, sv } from 'zod/locales'

const LOCALES = { sv: sv().localeError, en: en().localeError }

/** More than anybody corrects at once; a list of ten thousand wrong items fits no log line. */
const MAX_ISSUES = 10

export type Validated<T> = Readonly<{ ok: true; value: T } | { ok: false; details: LocalizedText }>

/**
 * Parses, and on failure says what is wrong in Swedish and English, with paths but never with values.
 * The second and third parse cost only those who send something invalid.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): Validated<z.output<Schema>> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, details: { sv: detailsIn(schema, value, 'sv'), en: detailsIn(schema, value, 'en') } }
}

function detailsIn(schema: z.ZodType, value: unknown, language: keyof typeof LOCALES): string {
  const error: z.core.$ZodErrorMap = (issue) => issueText(issue, language) ?? LOCALES[language](issue)
  const issues = schema.safeParse(value, { error }).error?.issues ?? []
  const shown = issues.slice(0, MAX_ISSUES).map((issue) => `${issue.path.join('.') || '–'}: ${issue.message}`)
  return [...shown, ...(issues.length > MAX_ISSUES ? [`… (+${issues.length - MAX_ISSUES})`] : [])].join('; ')
}
