import type { PercentageChange } from './percentageChanges.ts'
import type { Span } from './sharedSpans.ts'

/** Long enough for the guardrail that waits five minutes, short enough to be about what it saw. */
const LONGEST_MS = 15 * 60_000

/**
 * The last time of a run that was rolled back: at its last percentage, and at most 15 minutes. Undefined for a run that
 * is under way or that somebody had lowered to 0 % already: then migrated served nobody just before.
 */
export function spanBeforeRollback(changes: readonly PercentageChange[]): Span | undefined {
  const rollback = changes.at(-1)
  if (rollback?.by !== 'rolled_back') return undefined
  const fromMs = Math.max(changes.at(-2)?.at ?? -Infinity, rollback.at - LONGEST_MS)
  // The instance that rolled back may have a slower clock than the one that entered the phase.
  return { fromMs: Math.min(fromMs, rollback.at), toMs: rollback.at }
}
