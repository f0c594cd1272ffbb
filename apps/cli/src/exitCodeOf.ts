import { isServiceError } from '@gradvis/kernel'

import { EXIT, type ExitCode } from './exitCodes.ts'

/** By the code itself, then by its namespace. */
const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = {
  'cli.declined': EXIT.failed,
  'cli.store_missing': EXIT.unreachable,
  'cli.store_unreachable': EXIT.unreachable,
  'cli.unreadable_file': EXIT.failed,
  'cli.invalid_json': EXIT.failed,
  'rollout.unknown_service': EXIT.usage,
  'rollout.unknown_criterion': EXIT.usage,
  'rollout.invalid_percentage': EXIT.usage,
  'rollout.invalid_scenario': EXIT.usage,
  'rollout.invalid_log_line': EXIT.failed,
  'rollout.sequence_conflict': EXIT.failed,
  'audit.unwritable': EXIT.unreachable,
  'audit.invalid_line': EXIT.failed,
  'rollout_store.clock_ahead': EXIT.refused,
  'rollout_store.invalid_location': EXIT.usage,
  'flags.invalid_environment_value': EXIT.usage,
  'flags.unknown_environment_variable': EXIT.usage,
  // What is left of these is said of a plan that was to be checked.
  flags: EXIT.failed,
  audit: EXIT.usage,
  cli: EXIT.usage,
  rollout: EXIT.refused,
  rollout_store: EXIT.unreachable,
}

/** What the process ends with when this was thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return isServiceError(error) ? exitCodeOfCode(error.code) : EXIT.failed
}

/** The same for the code of an error. */
export function exitCodeOfCode(code: string): ExitCode {
  return EXIT_OF_CODE[code] ?? EXIT_OF_CODE[code.split('.')[0] ?? ''] ?? EXIT.failed
}
