import type { ServiceError } from '@gradvis/kernel'

import { LIFECYCLE_STATE_NAMES, type LifecycleState } from './LifecycleState.ts'
import { serviceErrors } from './serviceErrors.ts'

/** `service.not_running`, with the state in words: what any implementation answers when it cannot take calls. */
export function notRunning(service: string, state: LifecycleState, options?: ErrorOptions): ServiceError {
  return serviceErrors.create('not_running', { service, state: LIFECYCLE_STATE_NAMES[state] }, options)
}
