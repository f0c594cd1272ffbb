import type { ShadowPolicy } from '@gradvis/base-service'
import type { Decision } from '@gradvis/feature-flags'

/** A read that may also be run on the other side, to compare. */
export type ShadowCandidate = Readonly<{
  service: string
  operation: string
  decision: Decision
  policy: ShadowPolicy
  /** What the caller gets: to be observed, never changed. Its rejection is already handled. */
  answer: Promise<unknown>
  /** Runs the same input on the other side, recorded with the role `shadow`. Never called means never run. */
  runOther: (signal: AbortSignal) => Promise<unknown>
}>

/** Decides which reads are shadowed and what becomes of the comparison. Must return at once and never throw. */
export interface ShadowPort {
  consider(candidate: ShadowCandidate): void
}
