import type { Logger } from '@gradvis/kernel'

import type { Progress } from './CallOptions.ts'

/** What a handler is given besides its input. */
export type Call = Readonly<{
  /**
   * Aborts on the caller's wish, on time-out and when the service stops. Pass it on to everything that waits. It is the
   * call's own: when the call has ended it never aborts, so what goes on (a session) holds no part of it.
   */
  signal: AbortSignal
  /** 1 for the first attempt. */
  attempt: number
  logger: Logger
  reportProgress: (progress: Progress) => void
}>
