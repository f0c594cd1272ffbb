import { isServiceError, isServiceFault } from '@gradvis/kernel'
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  type IRetryBackoffContext,
  retry,
  type RetryPolicy,
  timeout,
  TimeoutStrategy,
} from 'cockatiel'

import { type BreakerPolicy, DEFAULT_BREAKER, type OperationPolicy } from './OperationPolicy.ts'

/** One attempt of an operation. The signal aborts on cancellation and on the attempt's time-out. */
export type Attempt<T> = (signal: AbortSignal, attempt: number) => Promise<T>

/** Runs attempts under a policy. `toServiceError` is applied to each attempt's failure, before anything judges it. */
export type Resilience = <T>(attempt: Attempt<T>, signal: AbortSignal, toServiceError: ToServiceError) => Promise<T>

/** `timedOut` says that the attempt was given up by its time-out and not by the caller. */
export type ToServiceError = (error: unknown, timedOut: boolean) => Error

export type Breakers = Map<string, CircuitBreakerPolicy>

/** Retry around breaker around time-out, each only where the policy asks for it. */
export function createResilience(
  policy: OperationPolicy,
  breakers: Breakers,
  random: () => number,
  breakerPolicy: BreakerPolicy = DEFAULT_BREAKER,
): Resilience {
  const retrying = retryOf(policy, random)
  const breaker = policy.breaker === undefined ? undefined : breakerOf(policy.breaker, breakers, breakerPolicy)
  return (attempt, signal, toServiceError) => {
    const once = (attemptSignal: AbortSignal, count: number) =>
      limited(policy.timeoutMs, attempt, attemptSignal, count, toServiceError)
    const guarded = (attemptSignal: AbortSignal, count: number) =>
      breaker ? breaker.execute(() => once(attemptSignal, count), attemptSignal) : once(attemptSignal, count)
    return retrying
      ? retrying.execute((context) => guarded(context.signal, context.attempt + 1), signal)
      : guarded(signal, 1)
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
    if (timeoutMs === undefined) return await attempt(signal, count)
    const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive)
    limit.onTimeout(() => {
      timedOut = !signal.aborted
    })
    return await limit.execute((context) => attempt(context.signal, count), signal)
  } catch (error) {
    throw toServiceError(error, timedOut)
  }
}

function retryOf(policy: OperationPolicy, random: () => number): RetryPolicy | undefined {
  const { maxAttempts = 1, initialBackoffMs = 50, maxBackoffMs = 5_000 } = policy
  if (maxAttempts <= 1) return undefined
  return retry(
    handleWhen((error) => isServiceError(error) && error.fault === 'service' && error.retryable),
    {
      maxAttempts: maxAttempts - 1,
      backoff: new DelegateBackoff(
        ({ attempt }: IRetryBackoffContext<unknown>) =>
          random() * Math.min(maxBackoffMs, initialBackoffMs * 2 ** (attempt - 1)),
      ),
    },
  )
}

function breakerOf(name: string, breakers: Breakers, policy: BreakerPolicy): CircuitBreakerPolicy {
  const existing = breakers.get(name)
  if (existing) return existing
  const created = circuitBreaker(handleWhen(isServiceFault), {
    halfOpenAfter: policy.halfOpenAfterMs,
    breaker: new ConsecutiveBreaker(policy.consecutiveFailures),
  })
  breakers.set(name, created)
  return created
}
