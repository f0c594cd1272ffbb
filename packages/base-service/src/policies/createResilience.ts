import { type Clock, isServiceError, sleep } from '@gradvis/kernel'
import { type CircuitBreakerPolicy, CircuitState, handleWhen, retry } from 'cockatiel'

import type { CancelScope } from '../calls/CancelScope.ts'
import { within } from '../calls/within.ts'
import type { Dependencies } from './Dependencies.ts'
import type { OperationPolicy } from './OperationPolicy.ts'
import { rejectsWhileWaiting } from './rejectsWhileWaiting.ts'

/** One attempt of an operation. Its scope is cancelled with the call's and by the attempt's time-out. */
type Attempt<T> = (scope: CancelScope, attempt: number) => Promise<T>

/** Runs attempts under a policy. `toServiceError` is applied to each attempt's failure, before anything judges it. */
export type Resilience = <T>(attempt: Attempt<T>, scope: CancelScope, toServiceError: ToServiceError) => Promise<T>

export type ToServiceError = (error: unknown) => Error

export type ResilienceOptions = Readonly<{
  policy: OperationPolicy
  dependencies: Dependencies
  /** Measures backoff and time-outs. Breakers read the platform's clock. */
  clock: Clock
  random: () => number
  /** Told of an attempt that a time-out or a cancellation has given up and that has not ended yet. */
  leaveBehind: (work: Promise<unknown>) => void
}>

type Layer = <T>(scope: CancelScope, inner: (scope: CancelScope) => Promise<T>) => Promise<T>
const none: Layer = (scope, inner) => inner(scope)

/**
 * Total time-out around retry around bulkhead around breaker around time-out, each only where the policy asks for it;
 * decision 020 says why in this order. When the scope is cancelled, a call that waits (for its next attempt, for its turn,
 * for the breaker's trial call) rejects at once; a running attempt is left to end by itself, unless it has a time-out.
 */
export function createResilience(options: ResilienceOptions): Resilience {
  const { policy, dependencies } = options
  const total = limitedTo(policy.totalTimeoutMs, options)
  const once = limitedTo(policy.timeoutMs, options)
  const turn = policy.bulkhead === undefined ? none : inTurn(dependencies.bulkhead(policy.bulkhead))
  const breaker = policy.breaker === undefined ? undefined : dependencies.breaker(policy.breaker)
  const again = retrying(options)
  return (attempt, scope, toServiceError) => {
    const guarded = async (outer: CancelScope, count: number) => {
      try {
        outer.throwIfCancelled()
        return await once(outer, (inner) => attempt(inner, count))
      } catch (error) {
        throw toServiceError(error)
      }
    }
    const broken = (outer: CancelScope, count: number) =>
      breaker ? guardedBy(breaker, () => guarded(outer, count), outer) : guarded(outer, count)
    return total(scope, (whole) => again(whole, (count) => turn(whole, () => broken(whole, count))))
  }
}

function limitedTo(limitMs: number | undefined, { clock, leaveBehind }: ResilienceOptions): Layer {
  if (limitMs === undefined) return none
  return (outer, inner) => within({ clock, limitMs, outer, leaveBehind }, inner)
}

function inTurn(bulkhead: ReturnType<Dependencies['bulkhead']>): Layer {
  return (scope, inner) => bulkhead.run(scope, () => inner(scope))
}

function retrying({ policy, clock, random }: ResilienceOptions) {
  const { maxAttempts = 1 } = policy
  if (maxAttempts <= 1) return <T>(_scope: CancelScope, attempt: (count: number) => Promise<T>) => attempt(1)
  const retries = retry(handleWhen(isWorthRetrying), { maxAttempts: maxAttempts - 1 })
  return <T>(scope: CancelScope, attempt: (count: number) => Promise<T>) =>
    retries.execute(async ({ attempt: failed }) => {
      if (failed > 0) await sleep(clock, backoffMs(policy, failed, random), scope.signal)
      try {
        return await attempt(failed + 1)
      } catch (error) {
        // Here and not by handing cockatiel a signal, which would have to be made for every call.
        if (isWorthRetrying(error)) scope.throwIfCancelled()
        throw error
      }
    })
}

function isWorthRetrying(error: unknown): boolean {
  return isServiceError(error) && error.fault === 'service' && error.retryable
}

/** Full jitter: a uniform share of an exponential ceiling ("Exponential Backoff And Jitter", AWS, 2015). */
function backoffMs(policy: OperationPolicy, failed: number, random: () => number): number {
  const { initialBackoffMs = 50, maxBackoffMs = 5_000 } = policy
  return random() * Math.min(maxBackoffMs, initialBackoffMs * 2 ** (failed - 1))
}

function guardedBy<T>(breaker: CircuitBreakerPolicy, once: () => Promise<T>, scope: CancelScope): Promise<T> {
  // Nobody waits at a breaker that is closed or open, only at one that awaits the end of its trial call.
  if (breaker.state !== CircuitState.HalfOpen) return breaker.execute(once)
  return rejectsWhileWaiting(scope, (begin) =>
    breaker.execute(() => {
      begin()
      return once()
    }),
  )
}
