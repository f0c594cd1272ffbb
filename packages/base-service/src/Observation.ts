import type { Implementation } from '@gradvis/kernel'

/** `fault`: failed by the service's own fault. `refused`: failed by the caller's. Only faults count as errors. */
export type Outcome = 'ok' | 'fault' | 'refused' | 'cancelled'

/** `primary` answers the caller, `rescue` answers instead of a failed migrated side, `shadow` answers nobody. */
export type CallRole = 'primary' | 'rescue' | 'shadow'

/** What only the service knows about a call. Mutable on purpose: it travels with the call and is read at its end. */
export type CallAnnotations = {
  attempts: number
  cacheHit: boolean
  /** An identical read was under way and its answer was shared. */
  coalesced?: boolean
  /** How the dependency's circuit breaker stood when the call ended. Absent: it has none. */
  breaker?: BreakerState
}

export type BreakerState = 'closed' | 'open' | 'half-open'

/** One finished call of one operation. Holds no input, no output and no personal data. */
export type Observation = Readonly<{
  service: string
  implementation: Implementation
  operation: string
  outcome: Outcome
  /** The error's code, when the outcome is not `ok`. */
  code: string | undefined
  durationMs: number
  role: CallRole
  /**
   * The percentage has drawn the side, so that subjects of both sides are alike and may be compared. Absent where nobody
   * has decided.
   */
  isDrawn?: boolean
  /** This call failed and the other implementation answered. */
  rescued: boolean
  attempts: number
  cacheHit: boolean
  coalesced?: boolean | undefined
  breaker?: BreakerState | undefined
}>

/** Where observations go. `record` is synchronous, cheap and never throws. */
export interface Observer {
  record(observation: Observation): void
}

export const silentObserver: Observer = { record: () => {} }
