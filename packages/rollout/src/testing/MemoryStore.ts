import { type Clock, type Disposer, disposer, systemClock } from '@gradvis/kernel'

import type { Compaction, RolloutStore, WindowCursor, WindowPage } from '../controller/RolloutStore.ts'
import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { rolloutErrors } from '../rolloutErrors.ts'
import type { NewEvent, StoredEvent } from '../state/RolloutEvent.ts'

/** A store that lives as long as a test and is away when the test says so. Several controllers may share one. */
export class MemoryStore implements RolloutStore {
  readonly description = 'memory'
  readonly events: StoredEvent[] = []
  readonly windows: ObservationWindow[] = []
  /** Set: every method rejects with it. */
  failure: Error | undefined
  /** Called before each append is checked: the place for somebody who is faster. */
  beforeAppend: (() => Promise<void> | void) | undefined
  /** How many `readWindows` gives at once. */
  windowsPerPage = 5_000
  readonly #clock: Pick<Clock, 'now'>
  readonly #listeners = new Set<() => void>()
  #lease = { instance: '', untilMs: -Infinity }

  /** `clock`: what leases run out by. */
  constructor(clock: Pick<Clock, 'now'> = systemClock) {
    this.#clock = clock
  }

  async readEvents(afterSequence: number): Promise<readonly StoredEvent[]> {
    this.#check()
    return this.events.slice(afterSequence)
  }

  async append(events: readonly NewEvent[], afterSequence: number): Promise<readonly StoredEvent[]> {
    this.#check()
    await this.beforeAppend?.()
    if (afterSequence !== this.events.length)
      throw rolloutErrors.create('sequence_conflict', { expected: afterSequence + 1 })
    const stored = events.map((event, index) => ({ ...event, sequence: afterSequence + 1 + index }))
    this.events.push(...stored)
    for (const listener of this.#listeners) listener()
    return stored
  }

  async writeWindows(windows: readonly ObservationWindow[]): Promise<void> {
    this.#check()
    const known = new Set(this.windows.map(keyOf))
    this.windows.push(...windows.filter((window) => !known.has(keyOf(window))))
  }

  async readWindows({ cursor }: { cursor?: WindowCursor | undefined }): Promise<WindowPage> {
    this.#check()
    const from = Number(cursor ?? 0)
    const windows = this.windows.slice(from, from + this.windowsPerPage)
    const next = from + windows.length
    const more = next < this.windows.length
    return { windows, cursor: String(next) as WindowCursor, more, restart: cursor === undefined }
  }

  async compact(_now: number, _signal?: AbortSignal): Promise<Compaction> {
    this.#check()
    return { rolledUp: 0, deleted: 0 }
  }

  async lead(instance: string, ttlMs: number): Promise<boolean> {
    this.#check()
    const now = this.#clock.now()
    if (this.#lease.instance !== instance && now < this.#lease.untilMs) return false
    this.#lease = { instance, untilMs: now + ttlMs }
    return ttlMs > 0
  }

  subscribe(listener: () => void): Disposer {
    this.#listeners.add(listener)
    return disposer(() => this.#listeners.delete(listener))
  }

  async close(): Promise<void> {}

  #check(): void {
    if (this.failure) throw this.failure
  }
}

function keyOf({ instance, service, implementation, startMs }: ObservationWindow): string {
  return [instance, service, implementation, startMs].join(' ')
}
