import type { CallAnnotations } from './Observation.ts'

/** How far a long operation has come. `total` is absent while it is not known. Both are in `unit`. */
export type Progress = Readonly<{ phase: string; done: number; total?: number; unit: 'bytes' | 'items' }>

/** The last, optional argument of every operation. */
export type CallOptions = Readonly<{
  /** Aborting rejects the call with `service.cancelled` and stops whatever it started. */
  signal?: AbortSignal
  /** Called synchronously, at most about ten times a second, and a last time when the operation is done. */
  onProgress?: (progress: Progress) => void
  /** Filled by the service for the router that records the call. Present means: do not record it yourself. */
  annotations?: CallAnnotations
}>
