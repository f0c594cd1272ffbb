import { systemClock } from '@gradvis/kernel'

import { CancelScope } from '../calls/CancelScope.ts'
import { createResilience, type ResilienceOptions } from '../policies/createResilience.ts'
import { Dependencies } from '../policies/Dependencies.ts'
import { TimedOut } from '../calls/TimedOut.ts'
import { serviceErrors } from '../serviceErrors.ts'

export const cancelled = serviceErrors.create('cancelled', { service: 'ProbeService', operation: 'ask' })
export const timedOut = serviceErrors.create('timed_out', { service: 'ProbeService', operation: 'ask', timeoutMs: 5 })

export function resilient(options: Partial<ResilienceOptions> & Pick<ResilienceOptions, 'policy'>) {
  const leaveBehind = () => {}
  return createResilience({
    dependencies: new Dependencies(),
    clock: systemClock,
    random: () => 0.5,
    leaveBehind,
    ...options,
  })
}

/** A call under policies with a signal in place of a scope, and with errors of the service. */
export async function call<T>(
  resilience: ReturnType<typeof createResilience>,
  attempt: (signal: AbortSignal, count: number) => Promise<T>,
  signal = new AbortController().signal,
) {
  const scope = new CancelScope(signal)
  try {
    return await resilience(
      (inner, count) => attempt(inner.signal, count),
      scope,
      (error) => (error instanceof TimedOut ? timedOut : signal.aborted ? cancelled : (error as Error)),
    )
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
