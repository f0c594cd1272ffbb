import { type Clock, sleep } from '@gradvis/kernel'

import type { NetworkListener } from '../NetworkChange.ts'

/** What a listener is told of the backend, such as `(yes)` and then `yes → no: tcp_refused`. */
export class ChangeLog {
  readonly #entries: string[] = []
  #heard = Promise.withResolvers<void>()

  readonly listener: NetworkListener = ({ status: { backend }, previous }) => {
    const cause = backend.cause === null ? '' : `: ${backend.cause}`
    const from = previous?.backend.reachable
    this.#entries.push(from === undefined ? `(${backend.reachable})` : `${from} → ${backend.reachable}${cause}`)
    this.#heard.resolve()
    this.#heard = Promise.withResolvers()
  }

  get entries(): readonly string[] {
    return [...this.#entries]
  }

  /** Resolves when there are so many entries, or when nothing has come for as long as one has patience. */
  async reaches(count: number, clock: Clock, patienceMs: number, signal: AbortSignal): Promise<void> {
    while (this.#entries.length < count) {
      const before = this.#entries.length
      const enough = new AbortController()
      const patience = sleep(clock, patienceMs, AbortSignal.any([signal, enough.signal])).catch(() => {})
      await Promise.race([this.#heard.promise, patience])
      enough.abort()
      if (this.#entries.length === before) return
    }
  }
}
