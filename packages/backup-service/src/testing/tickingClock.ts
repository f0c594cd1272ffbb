import type { Clock } from '@gradvis/kernel'

const TICK_MS = 101

/** A clock on which every look at the stopwatch comes a tenth of a second later: no progress report is held back. */
export function tickingClock(clock: Clock): Clock {
  let elapsedMs = 0
  return {
    now: () => clock.now(),
    monotonicMs: () => (elapsedMs += TICK_MS),
    schedule: (...timer) => clock.schedule(...timer),
  }
}
