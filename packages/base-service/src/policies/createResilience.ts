import { type Clock, isServiceError, sleep } from '@gradvis/kernel'
import { type CircuitBreakerPolicy, CircuitState, handleWhen, retry } from 'cockatiel'

import type { Made, Step } from '../calls/Made.ts'
import { within } from '../calls/within.ts'
import type { Bulkhead } from './Bulkhead.ts'
import type { Dependencies } from './Dependencies.ts'
import { fullJitterBackoffMs } from './fullJitterBackoffMs.ts'
import type { OperationPolicy } from './OperationPolicy.ts'
import { rejectsWhileWaiting } from './rejectsWhileWaiting.ts'

export type ResilienceOptions = Readonly<{
  policy: OperationPolicy
  dependencies: Dependencies
  /** Measures backoff and time-outs. */
  clock: Clock
  random: () => number
  /** Applied to each attempt's failure, before anything judges it. */
  toServiceError: (error: unknown, made: Made) => Error
  /** Told of an attempt that a time-out or a cancellation has given up and that has not ended yet. */
  leaveBehind: (work: Promise<unknown>) => void
}>

/**
 * Total time-out around retry around bulkhead around breaker around time-out around attempts, each only where the policy
 * asks for it; decision 020 says why in this order. When the scope is cancelled, a call that waits (for its next attempt,
 * for its turn, for the breaker's trial call) rejects at once; a running attempt is left to end by itself, unless it has a
 * time-out. Counts the attempts in the annotations.
 */
export function createResilience(options: ResilienceOptions, attempt: Step): Step {
  const { policy, dependencies } = options
  const bulkhead = policy.bulkhead && dependencies.bulkhead(policy.bulkhead)
  const breaker = policy.breaker === undefined ? undefined : dependencies.breaker(policy.breaker)
  const once = failing(options, limited(policy.timeoutMs, options, attempt))
  return limited(policy.totalTimeoutMs, options, retried(options, inTurn(bulkhead, guarded(breaker, once))))
}

function limited(limitMs: number | undefined, { clock, leaveBehind }: ResilienceOptions, step: Step): Step {
  if (limitMs === undefined) return step
  return (made) =>
    within({ clock, limitMs, outer: made.scope, leaveBehind }, (scope) => {
      const { input, cancelled, annotations, onProgress } = made
      return step({ input, scope, cancelled, annotations, onProgress })
    })
}

/** The first attempt is no business of cockatiel's: nearly every call ends with it. */
function retried({ policy, clock, random }: ResilienceOptions, step: Step): Step {
  const { maxAttempts = 1, initialBackoffMs = 50, maxBackoffMs = 5_000 } = policy
  if (maxAttempts <= 1) return step
  const limits = { initialBackoffMs, maxBackoffMs }
  const retries = retry(handleWhen(isWorthRetrying), { maxAttempts: maxAttempts - 2 })
  const again = (made: Made) =>
    retries.execute(async ({ attempt }) => {
      const failed = attempt + 1
      await sleep(clock, fullJitterBackoffMs(failed, limits, random), made.scope.signal)
      made.annotations.attempts = failed + 1
      return step(made)
    }, made.scope.signal)
  return async (made) => {
    try {
      return await step(made)
    } catch (error) {
      if (!isWorthRetrying(error)) throw error
    }
    return again(made)
  }
}

function isWorthRetrying(error: unknown): boolean {
  return isServiceError(error) && error.fault === 'service' && error.retryable
}

function inTurn(bulkhead: Bulkhead | undefined, step: Step): Step {
  return bulkhead ? (made) => bulkhead.run(made.scope, () => step(made)) : step
}

function guarded(breaker: CircuitBreakerPolicy | undefined, step: Step): Step {
  if (!breaker) return step
  return (made) => {
    // Nobody waits at a breaker that is closed or open, only at one that awaits the end of its trial call.
    if (breaker.state !== CircuitState.HalfOpen) return breaker.execute(() => step(made))
    return rejectsWhileWaiting(made.scope, (begin) =>
      breaker.execute(() => {
        begin()
        return step(made)
      }),
    )
  }
}

function failing({ toServiceError }: ResilienceOptions, step: Step): Step {
  return async (made) => {
    try {
      made.scope.throwIfCancelled()
      return await step(made)
    } catch (error) {
      throw toServiceError(error, made)
    }
  }
}
