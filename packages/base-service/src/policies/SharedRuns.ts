import type { InFlight } from '../calls/InFlight.ts'
import type { Made, Step } from '../calls/Made.ts'
import { SharedRun } from './SharedRun.ts'

/**
 * Calls for the same answer at the same time share one run. Neither lru-cache's `fetch` nor cockatiel can do this: with
 * the former the first caller's signal ends it for all, the latter has nothing of the kind.
 */
export class SharedRuns {
  readonly #runs = new Map<string, SharedRun>()
  readonly #calls: InFlight

  constructor(calls: InFlight) {
    this.#calls = calls
  }

  /** Whoever comes from now on shares nothing that was begun before. */
  forget(): void {
    this.#runs.clear()
  }

  /** The answer of the run under that key, begun here where there is none. */
  join(key: string, made: Made, step: Step): Promise<unknown> {
    const existing = this.#runs.get(key)
    if (existing?.isAlive) return existing.join(made)
    return this.#begin(key, made.input, step).join(made)
  }

  #begin(key: string, input: unknown, step: Step): SharedRun {
    const scope = this.#calls.begin()
    const run = new SharedRun(input, scope, step)
    this.#runs.set(key, run)
    void run.ended.then(() => {
      if (this.#runs.get(key) === run) this.#runs.delete(key)
      this.#calls.end(scope)
    })
    return run
  }
}
