import type { FailureCode } from '../FailureCode.ts'
import type { Reachability } from '../NetworkStatus.ts'

/** What is known of one target, and the unbroken run of results that it rests on. */
export type ReachabilityState = Readonly<{
  reachable: Reachability
  sinceMs: number
  cause: FailureCode | null
  successes: number
  failures: number
}>

/** The outcome of one round of probes; `failure` is null when it went well. */
export type ProbeResult = Readonly<{ atMs: number; failure: FailureCode | null }>

/** Failures of this machine itself: a second try at once would find the same. */
const HARD: ReadonlySet<FailureCode> = new Set(['no_interface', 'no_address', 'no_route'])

export function unknownSince(sinceMs: number): ReachabilityState {
  return { reachable: 'unknown', sinceMs, cause: null, successes: 0, failures: 0 }
}

/**
 * Down after two failures in a row or one hard local failure; up after two successes in a row. The first success after
 * `unknown` counts at once: there is nothing yet that it could flap against.
 */
export function step(state: ReachabilityState, { atMs, failure }: ProbeResult): ReachabilityState {
  const successes = failure === null ? state.successes + 1 : 0
  const failures = failure === null ? 0 : state.failures + 1
  const counted = { ...state, successes, failures }
  const wasDown = state.reachable === 'no'
  if (failure === null) return wasDown && successes < 2 ? counted : settle(counted, 'yes', null, atMs)
  return wasDown || failures >= 2 || HARD.has(failure) ? settle(counted, 'no', failure, atMs) : counted
}

/** Takes a verdict as it is. `sinceMs` moves only when `reachable` does. */
export function settle(
  state: ReachabilityState,
  reachable: Reachability,
  cause: FailureCode | null,
  atMs: number,
): ReachabilityState {
  return { ...state, reachable, cause, sinceMs: reachable === state.reachable ? state.sinceMs : atMs }
}
