import type { Language } from '@gradvis/kernel'

import { parseLanguage } from './parseLanguage.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The language that the environment asks messages to be in. The first of LC_ALL, LC_MESSAGES and LANG that is set and
 * not empty decides alone (POSIX.1-2024, Base Definitions §8.2), even when it names a language without texts.
 */
export function languageFromEnvironment(environment: Environment): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return parseLanguage([LC_ALL, LC_MESSAGES, LANG].find((locale) => locale !== undefined && locale !== ''))
}
