import { systemClock } from '@gradvis/kernel'

import type { Step } from '../calls/Made.ts'
import { CancelScope } from '../calls/CancelScope.ts'
import { createResilience, type ResilienceOptions } from '../policies/createResilience.ts'
import { Dependencies } from '../policies/Dependencies.ts'
import { TimedOut } from '../calls/TimedOut.ts'
import { serviceErrors } from '../serviceErrors.ts'

export const cancelled = serviceErrors.create('cancelled', { service: 'ProbeService', operation: 'ask' })
export const timedOut = serviceErrors.create('timed_out', { service: 'ProbeService', operation: 'ask', timeoutMs: 5 })

type Attempt<T> = (signal: AbortSignal, count: number) => Promise<T>

/** Attempts under policies: the input of each call is the attempt to make. */
export function resilient(options: Partial<ResilienceOptions> & Pick<ResilienceOptions, 'policy'>): Step {
  const all: ResilienceOptions = {
    dependencies: new Dependencies(systemClock),
    clock: systemClock,
    random: () => 0.5,
    leaveBehind: () => {},
    toServiceError: (error, made) =>
      error instanceof TimedOut ? timedOut : made.cancelled?.aborted ? cancelled : (error as Error),
    ...options,
  }
  return createResilience(all, ({ input, scope, annotations }) =>
    (input as Attempt<unknown>)(scope.signal, annotations.attempts),
  )
}

export async function call<T>(resilience: Step, attempt: Attempt<T>, signal = new AbortController().signal) {
  const scope = new CancelScope(signal)
  const annotations = { attempts: 1, cacheHit: false }
  try {
    return await resilience({ input: attempt, scope, cancelled: signal, annotations, onProgress: undefined })
  } finally {
    scope.close()
  }
}

/** Attempts that fail one after the other, and then succeed. */
export function failing(...errors: readonly Error[]) {
  return async (_signal: AbortSignal, count: number) => {
    const error = errors[count - 1]
    if (error) throw error
    return `attempt ${count}`
  }
}
