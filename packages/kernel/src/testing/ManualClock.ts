import type { Clock } from '../Clock.ts'
import { type Disposer, disposer } from '../disposer.ts'

type Timer = Readonly<{ dueMs: number; task: () => void }>

/** A clock that stands still until a test moves it. Timers fire in the order they are due, during `advance`. */
export class ManualClock implements Clock {
  #nowMs: number
  #elapsedMs = 0
  readonly #timers = new Set<Timer>()

  constructor(start: string | number = '2025-01-01T00:00:00Z') {
    this.#nowMs = typeof start === 'number' ? start : Date.parse(start)
  }

  now(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#elapsedMs
  }

  schedule(delayMs: number, task: () => void): Disposer {
    const timer = { dueMs: this.#elapsedMs + Math.max(0, delayMs), task }
    this.#timers.add(timer)
    return disposer(() => this.#timers.delete(timer))
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** Moves both clocks on and fires what falls due, at its own time. A task may schedule more, and may advance too. */
  advance(ms: number): void {
    const endMs = this.#elapsedMs + ms
    for (let next = this.#nextDue(endMs); next; next = this.#nextDue(endMs)) {
      this.#timers.delete(next)
      this.#moveTo(next.dueMs)
      next.task()
    }
    this.#moveTo(endMs)
  }

  #moveTo(elapsedMs: number): void {
    if (elapsedMs <= this.#elapsedMs) return
    this.#nowMs += elapsedMs - this.#elapsedMs
    this.#elapsedMs = elapsedMs
  }

  #nextDue(endMs: number): Timer | undefined {
    return [...this.#timers].filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0]
  }
}
