import type { Logger } from '@gradvis/kernel'

import type { CallOptions } from './CallOptions.ts'
import { framesOf } from './framesOf.ts'

/** A caller's listener that throws is no fault of the service. */
export function guardedProgress(onProgress: CallOptions['onProgress'], logger: Logger): CallOptions['onProgress'] {
  if (!onProgress) return undefined
  return (progress) => {
    try {
      onProgress(progress)
    } catch (error) {
      logger.warn('a progress listener failed', { frames: framesOf(error) })
    }
  }
}
