import type { LocalizedText } from '@gradvis/kernel'
import type { z } from 'zod'
import { en, sv } from 'zod/locales'

const locales = { sv: sv().localeError, en: en().localeError }

export type Validated<T> = Readonly<{ ok: true; value: T } | { ok: false; details: LocalizedText }>

/**
 * Parses, and on failure says what is wrong in zod's own Swedish and English words, with paths but never with values.
 * The second and third parse cost only those who send something invalid.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): Validated<z.output<Schema>> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, details: { sv: detailsIn(schema, value, 'sv'), en: detailsIn(schema, value, 'en') } }
}

function detailsIn(schema: z.ZodType, value: unknown, language: keyof typeof locales): string {
  const issues = schema.safeParse(value, { error: locales[language] }).error?.issues ?? []
  return issues.map((issue) => `${issue.path.join('.') || '–'}: ${issue.message}`).join('; ')
}
