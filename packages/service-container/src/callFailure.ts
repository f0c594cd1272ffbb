import { type CallOptions, type Outcome, outcomeOf } from '@gradvis/base-service'
import { isServiceError } from '@gradvis/kernel'

/** Nobody waits for the answer any more, so there is nobody to rescue. */
export function hasGivenUp(options: CallOptions | undefined): boolean {
  return options?.signal?.aborted === true
}

/** How a failure counts. A side that passes the caller's own abort on, as it came, has not failed. */
export function outcomeFor(options: CallOptions | undefined, error: unknown): Exclude<Outcome, 'ok'> {
  return hasGivenUp(options) && !isServiceError(error) ? 'cancelled' : outcomeOf(error)
}

/** The code that a failure is recorded under. */
export function codeFor(outcome: Outcome, error: unknown): string {
  if (isServiceError(error)) return error.code
  return outcome === 'cancelled' ? 'service.cancelled' : 'service.unexpected'
}
