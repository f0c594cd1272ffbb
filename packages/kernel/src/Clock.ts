import { type Disposer, disposer } from './disposer.ts'

/** Time as a parameter. Nothing outside `systemClock` reads the machine's time. */
export interface Clock {
  /** Wall clock: milliseconds since the epoch. May jump. Use it for dates and records. */
  now(): number
  /** Milliseconds with fractions that only ever grow. Use it for durations. */
  monotonicMs(): number
  /** Runs `task` once after `delayMs`; the disposer cancels. Never keeps a process alive. */
  schedule(delayMs: number, task: () => void): Disposer
}

/** The longest delay a timer takes; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, task) {
    const timer: unknown = setTimeout(task, Math.min(delayMs, MAX_TIMER_MS))
    // Only Node's timers hold the process open; a browser's are plain numbers.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref()
    return disposer(() => clearTimeout(timer as Parameters<typeof clearTimeout>[0]))
  },
}

/** Shifts the wall clock so that it reads `startMs` now and runs on from there. Durations are untouched. */
export function clockStartingAt(startMs: number, clock: Clock = systemClock): Clock {
  const offsetMs = startMs - clock.now()
  return { ...clock, now: () => clock.now() + offsetMs }
}
