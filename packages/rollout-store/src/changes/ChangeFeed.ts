import { type Disposer, disposer, type Logger, TypedEvents } from '@gradvis/kernel'

/** Starts to look for changes that others make; the disposer ends it. */
type Watch = () => Disposer

/** Listeners of a store. Others' changes are looked for only while somebody listens. */
export class ChangeFeed {
  readonly #events: TypedEvents<{ changed: undefined }>
  readonly #watch: Watch
  #watching: Disposer | undefined

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

  /** Calls every listener. Never throws. */
  announce(): void {
    this.#events.emit('changed', undefined)
  }

  /** Ends the looking; listeners stay, and hear what is announced. */
  close(): void {
    this.#watching?.()
    this.#watching = undefined
  }
}
