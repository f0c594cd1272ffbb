import type { Logger } from '@gradvis/kernel'

import type { ErrorTranslation } from './ErrorTranslation.ts'
import { framesOf } from './framesOf.ts'

/** The translation of a service; one that fails counts as not knowing, so that callers get a ServiceError all the same. */
export function guardedTranslation(translate: ErrorTranslation | undefined, logger: Logger): ErrorTranslation {
  return (error) => {
    try {
      return translate?.(error)
    } catch (thrown) {
      logger.error('a failure could not be translated', { frames: framesOf(thrown) })
      return undefined
    }
  }
}
