import { type Disposer, disposer } from './disposer.ts'

export type ScheduleOptions = Readonly<{
  /** Whether the process waits for the task before it ends. Default false: upkeep must not hold it open. */
  keepAlive?: boolean
}>

/** Time as a parameter. Nothing outside `systemClock` reads the machine's time. */
export interface Clock {
  /** Wall clock: milliseconds since the epoch. May jump. Use it for dates and records. */
  now(): number
  /** Milliseconds with fractions that only ever grow. Use it for durations. */
  monotonicMs(): number
  /** Runs `task` once after `delayMs`, however long that is; the disposer cancels. */
  schedule(delayMs: number, task: () => void, options?: ScheduleOptions): Disposer
}

/** The longest delay a timer takes, 24.8 days; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, task, { keepAlive = false } = {}) {
    if (delayMs > MAX_TIMER_MS) return scheduleInParts(delayMs, task, { keepAlive })
    const timer = setTimeout(task, delayMs)
    if (!keepAlive) unref(timer)
    return disposer(() => clearTimeout(timer))
  },
}

function scheduleInParts(delayMs: number, task: () => void, options: ScheduleOptions): Disposer {
  const next = () => {
    current = systemClock.schedule(delayMs - MAX_TIMER_MS, task, options)
  }
  let current = systemClock.schedule(MAX_TIMER_MS, next, options)
  return disposer(() => current())
}

/** Only Node's timers hold the process open; a browser's are plain numbers. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as { unref(): void }).unref()
}

/** Shifts the wall clock so that it reads `startMs` now and runs on from there. Durations are untouched. */
export function clockStartingAt(startMs: number, clock: Clock = systemClock): Clock {
  const offsetMs = startMs - clock.now()
  return {
    now: () => clock.now() + offsetMs,
    monotonicMs: () => clock.monotonicMs(),
    schedule: (delayMs, task, options) => clock.schedule(delayMs, task, options),
  }
}
