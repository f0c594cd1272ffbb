import { isServiceError, type ServiceError } from '@gradvis/kernel'
import { BrokenCircuitError } from 'cockatiel'

import { serviceErrors } from './serviceErrors.ts'
import type { ServiceLifecycle } from './ServiceLifecycle.ts'

type FailedCall = Readonly<{
  named: Readonly<{ service: string; operation: string }>
  lifecycle: ServiceLifecycle
  /** The caller's own signal. */
  cancelled: AbortSignal | undefined
}>

/** Every failure as a ServiceError. What was already one is kept, unless the caller had cancelled. */
export function toServiceError(
  error: unknown,
  { named, lifecycle, cancelled }: FailedCall,
  timeoutMs?: number,
): ServiceError {
  if (timeoutMs !== undefined) return serviceErrors.create('timed_out', { ...named, timeoutMs }, { cause: error })
  if (cancelled?.aborted) return serviceErrors.create('cancelled', named, { cause: error })
  if (isServiceError(error)) return error
  if (lifecycle.signal.aborted) return lifecycle.notRunning({ cause: error })
  if (error instanceof BrokenCircuitError) return serviceErrors.create('unavailable', named, { cause: error })
  return serviceErrors.create('unexpected', named, { cause: error })
}
