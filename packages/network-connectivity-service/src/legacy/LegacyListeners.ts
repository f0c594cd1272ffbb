import type { Logger } from '@gradvis/kernel'

import type { LegacyArea, LegacySnapshot } from './LegacyState.ts'

/** `before` is null in the first call, which only tells how things are. */
export type LegacyListener = (now: LegacySnapshot, before: LegacySnapshot | null, areas: LegacyArea[]) => unknown

/** A new listener is told how things are, as soon as that is known; afterwards only what changes. */
export class LegacyListeners {
  readonly #logger: Logger
  readonly #greeted = new Map<LegacyListener, boolean>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  add(listener: LegacyListener, now: LegacySnapshot, isKnown: boolean): void {
    if (this.#greeted.has(listener)) return
    this.#greeted.set(listener, false)
    if (isKnown) this.#greet(listener, now)
  }

  remove(listener: LegacyListener): void {
    this.#greeted.delete(listener)
  }

  clear(): void {
    this.#greeted.clear()
  }

  announce(now: LegacySnapshot, before: LegacySnapshot, areas: LegacyArea[], isKnown: boolean): void {
    // A copy, because a listener may add and remove others while it is called.
    for (const [listener, isGreeted] of Array.from(this.#greeted)) {
      if (!this.#greeted.has(listener)) continue
      if (isGreeted && areas.length > 0) this.#call(listener, now, before, areas)
      else if (!isGreeted && isKnown) this.#greet(listener, now)
    }
  }

  #greet(listener: LegacyListener, now: LegacySnapshot): void {
    this.#greeted.set(listener, true)
    this.#call(listener, now, null, [])
  }

  #call(listener: LegacyListener, now: LegacySnapshot, before: LegacySnapshot | null, areas: LegacyArea[]): void {
    try {
      const result = listener(now, before, areas)
      // An async listener fails later, and would then end the process.
      if (result instanceof Promise) result.catch((error: unknown) => this.#logFailure(error))
    } catch (error) {
      this.#logFailure(error)
    }
  }

  #logFailure(error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error
    this.#logger.error('a network listener failed', { error: name })
  }
}
