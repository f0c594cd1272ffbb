import type { Logger } from '@gradvis/kernel'

import type { Call } from '../Call.ts'
import type { Progress } from '../CallOptions.ts'
import type { CancelScope } from './CancelScope.ts'

/** One attempt as its handler sees it. The signal is made for a handler that asks for it. */
export class HandlerCall implements Call {
  readonly attempt: number
  readonly logger: Logger
  readonly reportProgress: (progress: Progress) => void
  readonly #scope: CancelScope

  constructor(
    scope: CancelScope,
    attempt: number,
    logger: Logger,
    onProgress: ((progress: Progress) => void) | undefined,
  ) {
    this.#scope = scope
    this.attempt = attempt
    this.logger = logger
    // An attempt that was given up may go on; its caller has gone, or hears of another attempt.
    this.reportProgress = onProgress
      ? (progress) => {
          if (!scope.cancelled) onProgress(progress)
        }
      : ignore
  }

  get signal(): AbortSignal {
    return this.#scope.signal
  }
}

const ignore = () => {}
