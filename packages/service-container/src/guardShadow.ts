import type { Logger } from '@gradvis/kernel'

import { nameOf } from './nameOf.ts'
import type { ShadowPort } from './ShadowPort.ts'

/** A shadow port that never throws: a comparison must not cost a caller the answer. */
export function guardShadow(shadow: ShadowPort, logger: Logger): ShadowPort {
  return {
    consider(candidate) {
      try {
        shadow.consider(candidate)
      } catch (error) {
        logger.error('shadow port failed', { service: candidate.service, error: nameOf(error) })
      }
    },
  }
}
