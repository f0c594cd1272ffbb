import type { Clock, Disposer, Logger } from '@gradvis/kernel'

import { emptyStatus } from '../state/emptyStatus.ts'
import { foldState } from '../state/foldState.ts'
import type { StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { codeOf } from './codeOf.ts'
import type { RolloutStore } from './RolloutStore.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5_000

export type FollowerOptions = Readonly<{
  store: RolloutStore
  clock: Clock
  logger: Logger
  /** Uniform in [0, 1), for jitter. */
  random: () => number
  /** How often the log is read where no notification came. Default 1,000. */
  pollMs?: number | undefined
  /** After every change, synchronously, before anything else happens. Must not throw. */
  onStatus?: ((status: RolloutStatus) => void) | undefined
}>

/**
 * Knows where a rollout stands: reads the log when the store says that it grew, and every second in any case. While
 * the store is away the last status stays, `staleSinceMs` says since when, and reading is tried again for ever, with
 * full jitter, whatever the error was.
 */
export class RolloutFollower {
  readonly #options: FollowerOptions
  #status = emptyStatus
  #staleSinceMs: number | undefined
  #failures = 0
  #syncing: Promise<void> | undefined
  #grewMeanwhile = false
  #timer: Disposer | undefined
  #unsubscribe: Disposer | undefined
  #isStopped = false

  constructor(options: FollowerOptions) {
    this.#options = options
  }

  get status(): RolloutStatus {
    return this.#status
  }

  /** Epoch milliseconds since when the store could not be read; undefined while it can. */
  get staleSinceMs(): number | undefined {
    return this.#staleSinceMs
  }

  /** Resolves after the first attempt to read, whether it succeeded or not. */
  async start(): Promise<void> {
    this.#unsubscribe = this.#options.store.subscribe(() => void this.#readNow())
    await this.#readNow()
  }

  /** Reads what is new. Rejects when the store cannot be read. Callers at the same time share one read. */
  sync(): Promise<void> {
    this.#grewMeanwhile = true
    this.#syncing ??= this.#read().finally(() => (this.#syncing = undefined))
    return this.#syncing
  }

  /** Takes over what this process has appended itself, without waiting for a read. What is known already is left out. */
  apply(events: readonly StoredEvent[]): void {
    const news = events.filter(({ sequence }) => sequence > this.#status.sequence)
    if (news[0]?.sequence === this.#status.sequence + 1) this.catchUp(foldState(news, this.#status))
  }

  /** Takes over a status that somebody else has read from the same store, unless this one is ahead. */
  catchUp(status: RolloutStatus): void {
    if (status.sequence <= this.#status.sequence) return
    this.#status = status
    this.#options.onStatus?.(status)
  }

  stop(): void {
    this.#isStopped = true
    this.#timer?.()
    this.#unsubscribe?.()
  }

  async #readNow(): Promise<void> {
    try {
      await this.sync()
    } catch {
      // Already noted by #failed; the next attempt is scheduled below.
    }
    this.#schedule()
  }

  async #read(): Promise<void> {
    try {
      while (this.#grewMeanwhile && !this.#isStopped) {
        this.#grewMeanwhile = false
        const events = await this.#options.store.readEvents(this.#status.sequence)
        this.apply(events)
      }
      this.#recovered()
    } catch (error) {
      this.#failed(error)
      throw error
    }
  }

  #recovered(): void {
    this.#failures = 0
    if (this.#staleSinceMs === undefined) return
    this.#options.logger.warn('rollout store is back', { staleMs: this.#options.clock.now() - this.#staleSinceMs })
    this.#staleSinceMs = undefined
  }

  #failed(error: unknown): void {
    this.#failures++
    if (this.#staleSinceMs !== undefined) return
    this.#staleSinceMs = this.#options.clock.now()
    this.#options.logger.error('rollout store is away, keeping the last status', {
      code: codeOf(error),
      sequence: this.#status.sequence,
    })
  }

  #schedule(): void {
    this.#timer?.()
    if (this.#isStopped) return
    this.#timer = this.#options.clock.schedule(this.#delayMs(), () => void this.#readNow())
  }

  #delayMs(): number {
    const { pollMs = 1_000, random } = this.#options
    if (this.#failures === 0) return pollMs
    return random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures, 10))
  }
}
