import type { ErrorCatalog } from '../defineErrors.ts'
import { interpolate } from '../interpolate.ts'
import { type Language, LANGUAGES } from '../Language.ts'
import { isServiceError, type ServiceError } from '../ServiceError.ts'
import { englishWordsIn, wordsIn } from './englishWordsIn.ts'
import { NEXT_STEPS } from './wordsOfMessages.ts'

/** Does what fails with one code, on real files, sockets or input: throws, or rejects. */
export type Provocation = () => unknown

/**
 * Provokes one code and says, a sentence each, what is wrong with what came: nothing provokes it, something else was
 * thrown, or its message in one of the languages is not fit to be shown. Empty when all is well.
 */
export async function messageProblems(
  code: string,
  provoke: Provocation | undefined,
  catalog: ErrorCatalog,
): Promise<readonly string[]> {
  if (provoke === undefined)
    return [`Nothing provokes ${code}. Add a case that makes a real call fail with it, and read what its message says.`]
  const error = await thrownBy(provoke)
  if (!isServiceError(error)) return [`The case of ${code} ended with ${String(error)} instead of a ServiceError.`]
  if (error.code !== code) return [`The case of ${code} failed with ${error.code} instead: ${error.message}`]
  return LANGUAGES.flatMap((language) => problemsIn(language, error, catalog).map((problem) => `${code}: ${problem}`))
}

async function thrownBy(provoke: Provocation): Promise<unknown> {
  const [outcome] = await Promise.allSettled([Promise.try(provoke)])
  return outcome.status === 'rejected' ? outcome.reason : `the answer ${String(outcome.value)}`
}

function problemsIn(language: Language, error: ServiceError, catalog: ErrorCatalog): readonly string[] {
  const definition = catalog[error.code as keyof ErrorCatalog]
  if (definition === undefined) return [`the catalog has no text (${language}).`]
  const text = interpolate(definition, error.params, language)
  const words = wordsIn(text)
  const english = language === 'sv' ? englishWordsIn(text) : []
  const isSwedish = language === 'en' && /[åäö]/i.test(text)
  const checks: readonly (readonly [boolean, string])[] = [
    [text.includes('{{'), 'a placeholder is not filled'],
    [/\b(undefined|null|NaN|Infinity|\[object \w+\])|(?<!\w)\(\s*\)|: ?[.;]/.test(text), 'a value is missing'],
    [text.includes(error.code), 'the code itself is shown'],
    [!text.endsWith('.'), 'it does not end with a full stop'],
    [/ {2}|\s\.|\.\.(?!\.)|^\s/.test(text), 'spaces or full stops are doubled or out of place'],
    [english.length > 0, `English words are left (${english.join(', ')})`],
    [isSwedish, 'Swedish letters are left'],
    [!words.some((word) => NEXT_STEPS[language].has(word)), 'it does not say what to do next'],
    [language === 'sv' && text !== error.message, 'the error itself says something else'],
  ]
  return checks.flatMap(([isWrong, problem]) => (isWrong ? [`${problem} (${language}): ${text}`] : []))
}
