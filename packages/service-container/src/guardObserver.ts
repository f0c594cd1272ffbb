import type { Observer } from '@gradvis/base-service'
import type { Logger } from '@gradvis/kernel'

import { nameOf } from './nameOf.ts'

/** An observer that never throws: what goes wrong in there is logged once, and is nothing to the call it was told of. */
export function guardObserver(observer: Observer, logger: Logger): Observer {
  let hasFailed = false
  return {
    record(observation) {
      try {
        observer.record(observation)
      } catch (error) {
        // Once: an observer that fails does so at every call.
        if (!hasFailed) logger.error('observer failed', { error: nameOf(error) })
        hasFailed = true
      }
    },
  }
}
