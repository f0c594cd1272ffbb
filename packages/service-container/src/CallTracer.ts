import type { CallRole, Observation, Operation } from '@gradvis/base-service'
import type { Decision } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'

/** What a trace may know of a call: neither its input nor who makes it. */
export type TracedCall = Readonly<{ name: string; operation: Operation; role: CallRole; decision: Decision }>

/** One attempt of one side in a trace. Neither function throws anything of its own. */
export interface CallSpan {
  /** Runs work inside the span: spans that it starts become children of this one. */
  run<T>(work: () => T): T
  /** Called once. `endedMs`: monotonic time of the container's clock; absent: now. */
  end(observation: Observation, endedMs?: number): void
}

/** Makes a span of every attempt: a rescue and a shadow call have their own. */
export interface CallTracer {
  /**
   * Undefined while nobody listens, so that such a call costs no more than the question. Never throws.
   * `startedMs`: monotonic time of the container's clock; absent: now.
   */
  start(service: string, implementation: Implementation, call: TracedCall, startedMs?: number): CallSpan | undefined
}
