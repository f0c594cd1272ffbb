import type { Clock } from '@gradvis/kernel'

import type { StoredEvent } from '../state/RolloutEvent.ts'
import type { Notifier } from './Notifier.ts'
import type { RolloutStore } from './RolloutStore.ts'

/** What a new leader looks back at: a lease that ran out, and some more. */
const LOOK_BACK_MS = 60_000
const LOOK_BACK_EVENTS = 100

/**
 * Notifies of what operators did from outside of any instance, by the command line: whoever leads finds it in the log. After a change
 * of leader an event may be told twice, under the same sequence number, rather than not at all.
 */
export class OperatorNews {
  readonly #store: RolloutStore
  readonly #clock: Clock
  readonly #notifier: Notifier | undefined
  #toldUpTo: number | undefined

  constructor(store: RolloutStore, clock: Clock, notifier: Notifier | undefined) {
    this.#store = store
    this.#clock = clock
    this.#notifier = notifier
  }

  /** `sequence`: that of the status which is known. */
  async tell(sequence: number): Promise<void> {
    if (this.#notifier === undefined) return
    const isNew = this.#toldUpTo === undefined
    const from = this.#toldUpTo ?? Math.max(0, sequence - LOOK_BACK_EVENTS)
    const sinceMs = isNew ? this.#clock.now() - LOOK_BACK_MS : -Infinity
    const events = await this.#store.readEvents(from)
    this.#toldUpTo = events.at(-1)?.sequence ?? from
    for (const event of events) if (event.at >= sinceMs && isOperators(event)) this.#notifier.notify(event)
  }

  /** Another instance leads, and tells. */
  stop(): void {
    this.#toldUpTo = undefined
  }
}

/** The engine's own events are told by the instance that appends them. */
function isOperators({ actor }: StoredEvent): boolean {
  return !actor.startsWith('engine@')
}
