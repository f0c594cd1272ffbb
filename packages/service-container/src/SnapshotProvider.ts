import { createSnapshot, type FlagSnapshot, type SnapshotInputs } from '@gradvis/feature-flags'
import { type Clock, type Disposer, disposer, type Implementation, type Logger, TypedEvents } from '@gradvis/kernel'

import { nameOf } from './nameOf.ts'

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
  #isStopped = false
  readonly #clock: Clock
  readonly #events: TypedEvents<{ change: FlagSnapshot }>

  constructor(inputs: ProviderInputs, clock: Clock, logger: Logger) {
    this.#inputs = inputs
    this.#clock = clock
    this.#events = new TypedEvents((error) => logger.error('snapshot listener failed', { error: nameOf(error) }))
    this.#current = this.#compile(inputs, [])
    this.#watch()
  }

  get current(): FlagSnapshot {
    return this.#current
  }

  /** The listener runs synchronously, after the swap. */
  onChange(listener: (snapshot: FlagSnapshot) => void): Disposer {
    return this.#events.on('change', listener)
  }

  /** Replaces plan, environment or stored state; effective on the next decision. Throws, and changes nothing, if wrong. */
  update(inputs: Partial<ProviderInputs>): void {
    this.#swap({ ...this.#inputs, ...inputs }, this.#overrides)
  }

  /** Sends every subject of a service to one side (rule 3 of the ladder). The last override of a service wins. */
  override(service: string, implementation: Implementation): Disposer {
    const entry = { service, implementation }
    this.#swap(this.#inputs, [...this.#overrides, entry])
    return disposer(() =>
      this.#swap(
        this.#inputs,
        this.#overrides.filter((other) => other !== entry),
      ),
    )
  }

  /** No phase begins by itself any more. */
  stop(): void {
    this.#isStopped = true
    this.#timer?.()
  }

  #swap(inputs: ProviderInputs, overrides: readonly Override[]): void {
    // First: what cannot be compiled must leave nothing behind that the next swap would fail on again.
    this.#current = this.#compile(inputs, overrides)
    this.#inputs = inputs
    this.#overrides = overrides
    this.#watch()
    this.#events.emit('change', this.#current)
  }

  #compile(inputs: ProviderInputs, entries: readonly Override[]): FlagSnapshot {
    const overrides = Object.fromEntries(entries.map(({ service, implementation }) => [service, implementation]))
    return createSnapshot({ ...inputs, now: this.#clock.now(), overrides })
  }

  #watch(): void {
    this.#timer?.()
    const { validUntil, now } = this.#current
    if (validUntil === undefined || this.#isStopped) return
    const waitMs = Math.max(0, validUntil - this.#clock.now())
    this.#timer = this.#clock.schedule(Math.min(waitMs, MAX_WAIT_MS), () => {
      const isOutside = this.#clock.now() >= validUntil || this.#clock.now() < now
      if (isOutside) this.#swap(this.#inputs, this.#overrides)
      else this.#watch()
    })
  }
}
