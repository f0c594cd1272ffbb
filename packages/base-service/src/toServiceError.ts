import { isServiceError, type ServiceError } from '@gradvis/kernel'
import { BrokenCircuitError } from 'cockatiel'

import { TimedOut } from './calls/TimedOut.ts'
import type { ErrorTranslation } from './ErrorTranslation.ts'
import { BulkheadFull } from './policies/Bulkhead.ts'
import { serviceErrors } from './serviceErrors.ts'
import type { ServiceLifecycle } from './ServiceLifecycle.ts'

type FailedCall = Readonly<{
  named: Readonly<{ service: string; operation: string }>
  lifecycle: ServiceLifecycle
  translate: ErrorTranslation
  /** Whether those who wait for the answer have given up: the caller's own signal. */
  cancelled: Readonly<{ aborted: boolean }> | undefined
}>

/** Every failure as a ServiceError. What was already one is kept, unless the caller had cancelled. */
export function toServiceError(error: unknown, { named, lifecycle, translate, cancelled }: FailedCall): ServiceError {
  const options = { cause: error }
  if (error instanceof TimedOut)
    return serviceErrors.create('timed_out', { ...named, timeoutMs: error.limitMs }, options)
  if (cancelled?.aborted) return serviceErrors.create('cancelled', named, options)
  if (isServiceError(error)) return error
  if (lifecycle.signal.aborted) return lifecycle.notRunning(options)
  if (error instanceof BrokenCircuitError) return serviceErrors.create('unavailable', named, options)
  if (error instanceof BulkheadFull) return serviceErrors.create('overloaded', named, options)
  return translate(error) ?? serviceErrors.create('unexpected', named, options)
}
