import type { Progress } from '../CallOptions.ts'
import type { CallAnnotations } from '../Observation.ts'
import type { CancelScope } from './CancelScope.ts'

/** A call on its way to the handler: its input is parsed. What several callers share is made once for all of them. */
export type Made = Readonly<{
  input: unknown
  scope: CancelScope
  /** Whether those who wait for the answer have given up, which is not the service's fault. */
  cancelled: Readonly<{ aborted: boolean }> | undefined
  annotations: CallAnnotations
  /** Absent: nobody listens. Never throws. */
  onProgress: ((progress: Progress) => void) | undefined
}>

/** A part of the way: answers by itself or asks the next part. */
export type Step = (made: Made) => Promise<unknown>
