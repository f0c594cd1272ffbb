import { type Clock, isServiceError, isServiceFault, sleep } from '@gradvis/kernel'
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  retry,
  timeout,
  TimeoutStrategy,
} from 'cockatiel'

import { outcomeOf } from '../observe.ts'
import { type BreakerPolicy, DEFAULT_BREAKER, type OperationPolicy } from './OperationPolicy.ts'
import { rejectsWhileWaiting } from './rejectsWhileWaiting.ts'

/** One attempt of an operation. The signal aborts on cancellation and on the attempt's time-out. */
type Attempt<T> = (signal: AbortSignal, attempt: number) => Promise<T>

/** Runs attempts under a policy. `toServiceError` is applied to each attempt's failure, before anything judges it. */
export type Resilience = <T>(attempt: Attempt<T>, signal: AbortSignal, toServiceError: ToServiceError) => Promise<T>

/** `timedOut` says that the attempt was given up by its time-out and not by the caller. */
export type ToServiceError = (error: unknown, timedOut: boolean) => Error

export type Breakers = Map<string, CircuitBreakerPolicy>

export type ResilienceOptions = Readonly<{
  policy: OperationPolicy
  /** Shared by the operations of one service. */
  breakers: Breakers
  /** Measures the backoff. Time-outs and breakers run on the timers of the platform. */
  clock: Clock
  random: () => number
  breakerPolicy?: BreakerPolicy
}>

/**
 * Retry around breaker around time-out, each only where the policy asks for it. When the signal aborts, a call that
 * waits (for its next attempt, for the breaker's trial call) rejects at once; a running attempt is left to end by itself,
 * unless it has a time-out.
 */
export function createResilience(options: ResilienceOptions): Resilience {
  const { policy, breakers, clock, random, breakerPolicy = DEFAULT_BREAKER } = options
  const { maxAttempts = 1 } = policy
  const breaker = policy.breaker === undefined ? undefined : breakerOf(policy.breaker, breakers, breakerPolicy)
  const retrying = maxAttempts > 1 ? retry(handleWhen(isWorthRetrying), { maxAttempts: maxAttempts - 1 }) : undefined
  return (attempt, signal, toServiceError) => {
    const once = (count: number) => limited(policy.timeoutMs, attempt, signal, count, toServiceError)
    const guarded = (count: number) => (breaker ? guardedBy(breaker, () => once(count), signal) : once(count))
    if (!retrying) return guarded(1)
    return retrying.execute(async ({ attempt: retries }) => {
      if (retries > 0) await sleep(clock, backoffMs(policy, retries, random), signal)
      return guarded(retries + 1)
    }, signal)
  }
}

async function limited<T>(
  timeoutMs: number | undefined,
  attempt: Attempt<T>,
  signal: AbortSignal,
  count: number,
  toServiceError: ToServiceError,
): Promise<T> {
  let timedOut = false
  try {
    signal.throwIfAborted()
    if (timeoutMs === undefined) return await attempt(signal, count)
    // Not aborted on return: a session may still hold the signal that it was opened with.
    const limit = timeout(timeoutMs, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false })
    limit.onTimeout(() => {
      timedOut = !signal.aborted
    })
    return await limit.execute((context) => attempt(context.signal, count), signal)
  } catch (error) {
    throw toServiceError(error, timedOut)
  }
}

function isWorthRetrying(error: unknown): boolean {
  return isServiceError(error) && error.fault === 'service' && error.retryable
}

/** Full jitter: a uniform share of an exponential ceiling ("Exponential Backoff And Jitter", AWS, 2015). */
function backoffMs(policy: OperationPolicy, retries: number, random: () => number): number {
  const { initialBackoffMs = 50, maxBackoffMs = 5_000 } = policy
  return random() * Math.min(maxBackoffMs, initialBackoffMs * 2 ** (retries - 1))
}

function guardedBy<T>(breaker: CircuitBreakerPolicy, once: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return rejectsWhileWaiting(signal, (begin) =>
    breaker.execute(() => {
      begin()
      return once()
    }, signal),
  )
}

function breakerOf(name: string, breakers: Breakers, policy: BreakerPolicy): CircuitBreakerPolicy {
  const existing = breakers.get(name)
  if (existing) return existing
  // A cancelled trial call has proved nothing: closing on it would send everybody to a dependency that may still hang.
  const isFailure = (error: unknown) =>
    isServiceFault(error) || (created.state === CircuitState.HalfOpen && outcomeOf(error) === 'cancelled')
  const created: CircuitBreakerPolicy = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: policy.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(policy.consecutiveFailures),
  })
  breakers.set(name, created)
  return created
}
