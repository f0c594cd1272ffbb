import type { CallAnnotations } from './Observation.ts'

/** How far a long operation has come. `total` is absent while it is not known. Both are in `unit`. */
export type Progress = Readonly<{ phase: string; done: number; total?: number; unit: 'bytes' | 'items' }>

/** The last, optional argument of every operation. */
export type CallOptions = Readonly<{
  /**
   * Aborting stops whatever the call started and rejects it with `service.cancelled`: at once where it waits (for its
   * turn, its next attempt, a circuit breaker, a run that it shares) or has a time-out, otherwise when what it does has come to its end.
   */
  signal?: AbortSignal
  /** Called synchronously, at most about ten times a second, and a last time when the operation is done. */
  onProgress?: (progress: Progress) => void
  /** Who makes the call, for the audit trail. A container fills it with the subject of the scope. */
  actor?: string | undefined
  /** Filled by the service for the router that records the call. Present means: do not record it yourself. */
  annotations?: CallAnnotations
}>
