import type { Phase } from '@gradvis/feature-flags'

/** An instance that judges every few seconds enters a phase a little late; so much later counts as on time. */
const LATE_SHARE = 0.01

/**
 * When a phase that was entered at `sinceMs` has lasted its planned duration. Entered on time, it ends on its planned
 * date: otherwise every phase would end a little later than the one before it, and the calendar would drift.
 */
export function lastsUntilMs({ startMs, endMs }: Phase, sinceMs: number): number {
  const durationMs = endMs - startMs
  const isOnTime = sinceMs >= startMs && sinceMs <= startMs + LATE_SHARE * durationMs
  return (isOnTime ? startMs : sinceMs) + durationMs
}
