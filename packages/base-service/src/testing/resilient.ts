import { systemClock } from '@gradvis/kernel'

import { createResilience, type ResilienceOptions, type ToServiceError } from '../policies/createResilience.ts'
import { serviceErrors } from '../serviceErrors.ts'

export const cancelled = serviceErrors.create('cancelled', { service: 'ProbeService', operation: 'ask' })
export const timedOut = serviceErrors.create('timed_out', { service: 'ProbeService', operation: 'ask', timeoutMs: 5 })

export function resilient(options: Partial<ResilienceOptions> & Pick<ResilienceOptions, 'policy'>) {
  return createResilience({ breakers: new Map(), clock: systemClock, random: () => 0.5, ...options })
}

const toServiceErrorFor =
  (signal: AbortSignal): ToServiceError =>
  (error, hasTimedOut) =>
    hasTimedOut ? timedOut : signal.aborted ? cancelled : (error as Error)

export function call<T>(
  resilience: ReturnType<typeof createResilience>,
  attempt: (signal: AbortSignal, count: number) => Promise<T>,
  signal = new AbortController().signal,
) {
  return resilience(attempt, signal, toServiceErrorFor(signal))
}

/** Attempts that fail one after the other, and then succeed. */
export function failing(...errors: readonly Error[]) {
  return async (_signal: AbortSignal, count: number) => {
    const error = errors[count - 1]
    if (error) throw error
    return `attempt ${count}`
  }
}
