import type { Clock } from '@gradvis/kernel'
import { sleep } from '@gradvis/kernel'

/** What a migrated side that has broken down throws, in the demonstration. No ServiceError: nobody foresaw it. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault'
}

type Method = (...args: readonly unknown[]) => Promise<unknown>

/** Makes calls fail and slow, at rates that may change at any time. Harmless until told otherwise. */
export class CallFaults {
  /** The share of calls that fail instead of being made, 0 to 1. */
  errorRate = 0
  /** How many times as long as they would a call takes, on average; at least 1. */
  latencyFactor = 1
  readonly #clock: Clock
  readonly #random: () => number
  /** Timers are no finer than a millisecond: what a short call does not wait is waited by a later one. */
  #owedMs = 0

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  wrap(method: Method): Method {
    return async (...args) => {
      if (this.#random() < this.errorRate) throw new InjectedFault('injected by the demonstration')
      const startedMs = this.#clock.monotonicMs()
      const answer = await method(...args)
      this.#owedMs += (this.latencyFactor - 1) * (this.#clock.monotonicMs() - startedMs)
      if (this.#owedMs >= 1) await this.#wait()
      return answer
    }
  }

  async #wait(): Promise<void> {
    const dueMs = this.#owedMs
    this.#owedMs = 0
    const startedMs = this.#clock.monotonicMs()
    await sleep(this.#clock, dueMs)
    // A timer that came late has been a longer delay than was owed.
    this.#owedMs += dueMs - (this.#clock.monotonicMs() - startedMs)
  }
}
