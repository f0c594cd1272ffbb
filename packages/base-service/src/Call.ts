import type { Logger } from '@gradvis/kernel'

import type { Progress } from './CallOptions.ts'

/** What a handler is given besides its input. */
export type Call = Readonly<{
  /** Aborts on the caller's wish, on time-out and when the service stops. Pass it on to everything that waits. */
  signal: AbortSignal
  /** 1 for the first attempt. */
  attempt: number
  logger: Logger
  reportProgress: (progress: Progress) => void
}>
