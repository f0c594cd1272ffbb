import type { ServiceError } from '@gradvis/kernel'
import type { CommanderError } from 'commander'

import { didYouMean } from './arguments/didYouMean.ts'
import { cliErrors } from './cliErrors.ts'

/**
 * What the argument parser refuses, as an error of ours in both languages. Its message is English and names what it is
 * about in quotes, which is all that is taken from it. Undefined: help was shown, nothing is wrong.
 */
export function usageProblem({ code, exitCode, message }: CommanderError, help: string): ServiceError | undefined {
  const name = /'([\s\S]*)'/.exec(message)?.[1] ?? ''
  const hint = didYouMean(/\(Did you mean (?:one of )?([\w-]+(?:, [\w-]+)*)\?\)\s*$/.exec(message)?.[1])
  const option = name.split(/[ ,]/).find((part) => part.startsWith('--')) ?? name
  if (exitCode === 0) return undefined
  switch (code) {
    case 'commander.help':
      return cliErrors.create('no_verb', { help })
    case 'commander.unknownCommand':
      return cliErrors.create('unknown_verb', { name, hint, help })
    case 'commander.missingArgument':
      return cliErrors.create('missing_argument', { name, help })
    case 'commander.optionMissingArgument':
      return cliErrors.create('option_without_value', { name: option, help })
    case 'commander.excessArguments':
      return cliErrors.create('too_many_arguments', { help })
    default:
      return cliErrors.create('unknown_option', { name, hint, help })
  }
}
