import { type Disposer, disposer } from '@gradvis/kernel'

/** Tracks that are open. Each is stopped exactly once: by its own disposer or by `stopAll`. */
export class TrackRegistry {
  readonly #open = new Set<Disposer>()

  /** `stop` must not throw; it is called once. */
  register(stop: () => void): Disposer {
    const entry = disposer(() => {
      this.#open.delete(entry)
      stop()
    })
    this.#open.add(entry)
    return entry
  }

  stopAll(): void {
    for (const stop of this.#open) stop()
  }

  get size(): number {
    return this.#open.size
  }
}
