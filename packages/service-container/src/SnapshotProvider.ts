import { createSnapshot, type FlagSnapshot, type SnapshotInputs } from '@gradvis/feature-flags'
import { type Clock, type Disposer, disposer, type Implementation, type Logger, TypedEvents } from '@gradvis/kernel'

/** Wall clocks jump (sleep, time servers), timers do not notice: no boundary is seen later than this. */
const MAX_WAIT_MS = 60_000

export type ProviderInputs = Omit<SnapshotInputs, 'now' | 'overrides'>
type Override = Readonly<{ service: string; implementation: Implementation }>

/**
 * Holds the current snapshot and swaps it whole: when the plan's next phase begins, when the rollout's state changes,
 * and when a test overrides a service. Readers never wait and never see half a change.
 */
export class SnapshotProvider {
  #inputs: ProviderInputs
  #current: FlagSnapshot
  #overrides: readonly Override[] = []
  #timer: Disposer | undefined
  readonly #clock: Clock
  readonly #events: TypedEvents<{ change: FlagSnapshot }>

  constructor(inputs: ProviderInputs, clock: Clock, logger: Logger) {
    this.#inputs = inputs
    this.#clock = clock
    this.#events = new TypedEvents((error) => logger.error('snapshot listener failed', { name: (error as Error).name }))
    this.#current = this.#compile()
    this.#watch()
  }

  get current(): FlagSnapshot {
    return this.#current
  }

  /** The listener runs synchronously, after the swap. */
  onChange(listener: (snapshot: FlagSnapshot) => void): Disposer {
    return this.#events.on('change', listener)
  }

  /** Replaces plan, environment or stored state; effective on the next decision. */
  update(inputs: Partial<ProviderInputs>): void {
    this.#inputs = { ...this.#inputs, ...inputs }
    this.#swap()
  }

  /** Sends every subject of a service to one side (rule 3 of the ladder). The last override of a service wins. */
  override(service: string, implementation: Implementation): Disposer {
    const entry = { service, implementation }
    this.#overrides = [...this.#overrides, entry]
    this.#swap()
    return disposer(() => {
      this.#overrides = this.#overrides.filter((other) => other !== entry)
      this.#swap()
    })
  }

  stop(): void {
    this.#timer?.()
  }

  #swap(): void {
    this.#current = this.#compile()
    this.#watch()
    this.#events.emit('change', this.#current)
  }

  #compile(): FlagSnapshot {
    const overrides = Object.fromEntries(
      this.#overrides.map(({ service, implementation }) => [service, implementation]),
    )
    return createSnapshot({ ...this.#inputs, now: this.#clock.now(), overrides })
  }

  #watch(): void {
    this.#timer?.()
    const { validUntil } = this.#current
    if (validUntil === undefined) return
    const waitMs = Math.max(0, validUntil - this.#clock.now())
    this.#timer = this.#clock.schedule(Math.min(waitMs, MAX_WAIT_MS), () => {
      if (this.#clock.now() >= validUntil) this.#swap()
      else this.#watch()
    })
  }
}
