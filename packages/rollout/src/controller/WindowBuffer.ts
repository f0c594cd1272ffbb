import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { mergeWindows } from '../evidence/mergeWindows.ts'
import type { RolloutStore } from './RolloutStore.ts'

/** About five hours of three services' two sides at one window in ten seconds, each half as fine as the one before. */
const MAX_WINDOWS = 600

/**
 * Closed windows on their way to the store. While it is away they wait, and neighbours of one side are added up when
 * there are too many, so that memory stays bounded and no count is lost. What was handed to the store once is handed to it
 * again unchanged: it may have arrived although the answer did not, and only an equal window is recognised.
 */
export class WindowBuffer {
  readonly #store: RolloutStore
  #waiting: ObservationWindow[] = []
  #sending: readonly ObservationWindow[] = []

  constructor(store: RolloutStore) {
    this.#store = store
  }

  get size(): number {
    return this.#waiting.length + this.#sending.length
  }

  add(windows: readonly ObservationWindow[]): void {
    this.#waiting.push(...windows)
    while (this.#waiting.length > MAX_WINDOWS) {
      const coarser = addNeighbours(this.#waiting)
      if (coarser.length === this.#waiting.length) return
      this.#waiting = coarser
    }
  }

  /** Rejects when the store does; nothing is lost by that. Not to be called again before it has settled. */
  async flush(signal?: AbortSignal): Promise<void> {
    while (this.size > 0) {
      if (this.#sending.length === 0) {
        this.#sending = this.#waiting
        this.#waiting = []
      }
      await this.#store.writeWindows(this.#sending, signal)
      this.#sending = []
    }
  }
}

/** Every two consecutive windows of the same side become one. */
function addNeighbours(windows: readonly ObservationWindow[]): ObservationWindow[] {
  const open = new Map<string, number>()
  const merged: ObservationWindow[] = []
  for (const window of windows) {
    const key = `${window.service} ${window.implementation}`
    const index = open.get(key)
    const former = index === undefined ? undefined : merged[index]
    if (index === undefined || former === undefined) {
      open.set(key, merged.push(window) - 1)
    } else {
      merged[index] = mergeWindows(former, window)
      open.delete(key)
    }
  }
  return merged
}
