import { type Disposer, disposer } from '@gradvis/kernel'

/** Tracks that are open. Each is stopped exactly once: by its own disposer or by `stopAll`. */
export class TrackRegistry {
  readonly #open = new Set<Disposer>()

  /** `stop` is called once. */
  register(stop: () => void): Disposer {
    const entry = disposer(() => {
      this.#open.delete(entry)
      stop()
    })
    this.#open.add(entry)
    return entry
  }

  /** Stops every track, also when one of them throws; then throws what was thrown as one AggregateError. */
  stopAll(): void {
    const failures: unknown[] = []
    for (const stop of this.#open) {
      try {
        stop()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'tracks failed to stop')
  }

  get size(): number {
    return this.#open.size
  }
}
