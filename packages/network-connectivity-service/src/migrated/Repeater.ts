import { type Clock, sleep } from '@gradvis/kernel'

type Run = Readonly<{ aborter: AbortController; ended: Promise<void> }>

/** Does a round at once, and the next one as long after it as it says (ms). Must not be asked to do what throws. */
export class Repeater {
  readonly #clock: Clock
  readonly #round: (signal: AbortSignal) => Promise<number>
  #run: Run | undefined

  constructor(clock: Clock, round: (signal: AbortSignal) => Promise<number>) {
    this.#clock = clock
    this.#round = round
  }

  /** Idempotent. */
  start(): void {
    if (this.#run) return
    const aborter = new AbortController()
    this.#run = { aborter, ended: this.#repeat(aborter.signal) }
  }

  /** Idempotent. Resolves when no timer and no round is left. */
  async stop(): Promise<void> {
    const run = this.#run
    this.#run = undefined
    run?.aborter.abort()
    await run?.ended
  }

  async #repeat(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) await sleep(this.#clock, await this.#round(signal), signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
