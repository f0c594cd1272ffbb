import { abortable } from '@gradvis/kernel'

type Flight<T> = { readonly result: Promise<T>; readonly aborter: AbortController; waiting: number }

/** Callers at the same time share one run. It is aborted when the last of them has given up. */
export class SingleFlight<T> {
  readonly #run: (signal: AbortSignal) => Promise<T>
  #flight: Flight<T> | undefined

  constructor(run: (signal: AbortSignal) => Promise<T>) {
    this.#run = run
  }

  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    const flight = (this.#flight ??= this.#begin())
    flight.waiting += 1
    try {
      return await abortable(flight.result, signal)
    } finally {
      flight.waiting -= 1
      if (flight.waiting === 0) this.#end(flight)
    }
  }

  #begin(): Flight<T> {
    const aborter = new AbortController()
    return { result: this.#run(aborter.signal), aborter, waiting: 0 }
  }

  #end(flight: Flight<T>): void {
    if (this.#flight === flight) this.#flight = undefined
    flight.aborter.abort()
  }
}
