import { AsyncLocalStorage } from 'node:async_hooks'

import type { Decision, Subject } from '@gradvis/feature-flags'

/** Who a call is made for. */
export type SubjectScope = Readonly<{
  subject: Subject | undefined
  /**
   * In a unit of work (usually a request): the decisions taken so far, by the ordinal of the service. An array, because
   * one is made for every request and a Map costs several times as much.
   */
  pins: (Decision | undefined)[] | undefined
}>

export class SubjectScopes {
  readonly #storage = new AsyncLocalStorage<SubjectScope>()
  /** Copied for every scope: an empty array would grow at its first pin to several times the size. */
  readonly #noPins: readonly undefined[]

  constructor(serviceCount: number) {
    this.#noPins = Array.from({ length: serviceCount })
  }

  current(): SubjectScope | undefined {
    return this.#storage.getStore()
  }

  /** A scope inside a scope of the same subject shares its pins: one request never sees both sides. */
  run<T>(subject: Subject | undefined, work: () => T): T {
    const outer = this.current()
    const key = subject?.targetingKey
    const pins =
      outer?.pins && key !== undefined && outer.subject?.targetingKey === key ? outer.pins : this.#noPins.slice()
    return this.#storage.run({ subject, pins }, work)
  }

  /** Runs outside every scope, for work that outlives the request that caused it. */
  exit<T>(work: () => T): T {
    return this.#storage.exit(work)
  }
}
