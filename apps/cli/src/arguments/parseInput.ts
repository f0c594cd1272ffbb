import { issueText, type Language, type LocalizedText, LANGUAGES } from '@gradvis/kernel'
import type { z } from 'zod'
import en from 'zod/v4/locales/en.js'
import sv from 'zod/v4/locales/sv.js'

import { cliErrors } from '../cliErrors.ts'
import { PROBLEMS } from './problems.ts'
import type { RawInput, VerbShape } from '../Verb.ts'

const LOCALES = { sv: sv().localeError, en: en().localeError }

/** What was typed, as the command understands it. Throws `cli.invalid_input`, which names everything that is wrong. */
export function parseInput<Schema extends z.ZodType>(verb: VerbShape, schema: Schema, raw: RawInput): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const details = Object.fromEntries(LANGUAGES.map((language) => [language, describe(verb, schema, raw, language)]))
  throw cliErrors.create('invalid_input', {
    details: details as LocalizedText,
    help: `gradvis ${verb.name} --help`,
  })
}

function describe(verb: VerbShape, schema: z.ZodType, raw: RawInput, language: Language): string {
  const error: z.core.$ZodErrorMap = (issue) => issueText(issue, language) ?? LOCALES[language](issue)
  const issues = schema.safeParse(raw, { error }).error?.issues ?? []
  return issues.map(({ path, message }) => `${placeOf(verb, path)}: ${textOf(message, language)}`).join('; ')
}

function placeOf(verb: VerbShape, [name]: readonly PropertyKey[]): string {
  if (name === undefined) return verb.name
  const isArgument = verb.arguments?.some((argument) => argument.name === name)
  return isArgument ? `<${String(name)}>` : `--${String(name)}`
}

function textOf(message: string, language: Language): string {
  return Object.hasOwn(PROBLEMS, message) ? PROBLEMS[message as keyof typeof PROBLEMS][language] : message
}
