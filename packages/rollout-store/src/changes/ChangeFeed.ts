import { type Disposer, disposer, type Logger, TypedEvents } from '@gradvis/kernel'

/** Starts to look for changes that others make; the disposer ends it. */
type Watch = () => Disposer

/** Listeners of a store. Others' changes are looked for only while somebody listens. */
export class ChangeFeed {
  readonly #events: TypedEvents<{ changed: undefined }>
  readonly #watch: Watch
  #watching: Disposer | undefined
  #heard = 0

  constructor(watch: Watch, logger: Logger) {
    this.#watch = watch
    this.#events = new TypedEvents((error) => logger.error('A listener of the rollout store failed', { error }))
  }

  subscribe(listener: () => void): Disposer {
    const off = this.#events.on('changed', listener)
    this.#watching ??= this.#watch()
    return disposer(() => {
      off()
      if (this.#events.listenerCount('changed') === 0) this.close()
    })
  }

  /** Calls every listener, unless they heard of this event already. Never throws. */
  heard(lastSequence: number): void {
    if (lastSequence <= this.#heard) return
    this.#heard = lastSequence
    this.#events.emit('changed', undefined)
  }

  /** Calls every listener: anything may have happened while nobody looked. */
  lostTrack(): void {
    // Forgotten, because the log may even have been restored from an older copy.
    this.#heard = 0
    this.#events.emit('changed', undefined)
  }

  /** Ends the looking; listeners stay, and hear what is announced. */
  close(): void {
    this.#watching?.()
    this.#watching = undefined
  }
}
