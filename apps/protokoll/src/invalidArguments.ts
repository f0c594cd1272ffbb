import { LANGUAGES, type LocalizedText, type ServiceError } from '@gradvis/kernel'

import { ARGUMENT_PROBLEMS, type ArgumentProblem } from './texts/argumentProblems.ts'
import { protokollErrors } from './texts/protokollErrors.ts'

/** An argument as it is typed (`--now`), and what is wrong with it. */
export type WrongArgument = readonly [name: string, problem: ArgumentProblem | LocalizedText]

/** `start.invalid_arguments`, naming every one that is wrong. */
export function invalidArguments(wrong: readonly WrongArgument[], options?: ErrorOptions): ServiceError {
  const textOf = (problem: WrongArgument[1]) => (typeof problem === 'string' ? ARGUMENT_PROBLEMS[problem] : problem)
  const [sv, en] = LANGUAGES.map((language) =>
    wrong.map(([name, problem]) => `${name}: ${textOf(problem)[language]}`).join('; '),
  )
  return protokollErrors.create('invalid_arguments', { details: { sv: sv ?? '', en: en ?? '' } }, options)
}
