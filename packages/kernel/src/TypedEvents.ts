import { type Disposer, disposer } from './disposer.ts'

type Listener<Payload> = (payload: Payload) => void

/**
 * Typed, synchronous events. Listeners run in the order they came; one that throws stops no other: its error goes to
 * `onListenerError`. A listener added or removed during an emit counts from the next emit on.
 */
export class TypedEvents<Events extends object> {
  readonly #listeners = new Map<keyof Events, readonly Listener<never>[]>()
  readonly #onListenerError: (error: unknown) => void

  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError
  }

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Disposer {
    // A wrapper per subscription, so that the same function may subscribe twice and be removed one at a time.
    const entry: Listener<Events[Name]> = (payload) => listener(payload)
    this.#listeners.set(name, [...this.#of(name), entry])
    return disposer(() =>
      this.#listeners.set(
        name,
        this.#of(name).filter((other) => other !== entry),
      ),
    )
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#of(name)) {
      try {
        ;(listener as Listener<Events[Name]>)(payload)
      } catch (error) {
        this.#onListenerError(error)
      }
    }
  }

  listenerCount(name: keyof Events): number {
    return this.#of(name).length
  }

  #of(name: keyof Events): readonly Listener<never>[] {
    return this.#listeners.get(name) ?? []
  }
}
