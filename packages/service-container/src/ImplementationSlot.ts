import type { Contract, Lifecycle, Managed, ServiceContext, ServiceOf } from '@gradvis/base-service'
import { type Disposer, disposer, type Implementation } from '@gradvis/kernel'

import { containerErrors } from './containerErrors.ts'
import type { ImplementationLoader } from './ServiceRegistration.ts'

export type Instance = Managed<ServiceOf<Contract>>

const FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 60_000

type SlotState =
  | { name: 'idle' }
  | { name: 'starting'; ready: Promise<Instance> }
  | { name: 'ready'; instance: Instance }
  | { name: 'failed'; error: Error; retryAtMs: number }
  | { name: 'stopping'; stopped: Promise<void> }

export type SlotOptions = Readonly<{
  service: string
  implementation: Implementation
  context: ServiceContext
  load: ImplementationLoader<ServiceOf<Contract>>
  /** How long a side that no decision leads to stays up after its last call or session. */
  drainIdleMs: number
}>

/**
 * One side of one service: loads and starts it on first use, once however many ask; after a failure refuses at once
 * until the backoff has passed; stops it when it is no longer reachable and its calls and sessions have ended.
 */
export class ImplementationSlot {
  readonly implementation: Implementation
  readonly #options: SlotOptions
  #state: SlotState = { name: 'idle' }
  #busy = 0
  #failures = 0
  #reachable = true
  #closing: Disposer | undefined
  #replacement: Instance | undefined

  constructor(options: SlotOptions) {
    this.#options = options
    this.implementation = options.implementation
  }

  /** The started instance, if there is one: the fast path of every call. */
  get instance(): Instance | undefined {
    return this.#replacement ?? (this.#state.name === 'ready' ? this.#state.instance : undefined)
  }

  /** Puts a test's own object in the place of this side. The last one wins; disposing brings back the one before. */
  replace(replacement: Instance): Disposer {
    const before = this.#replacement
    this.#replacement = replacement
    return disposer(() => {
      this.#replacement = before
    })
  }

  /** Calls in flight and open sessions. */
  get busy(): number {
    return this.#busy
  }

  /** Rejects with `container.implementation_unavailable`. */
  async acquire(): Promise<Instance> {
    if (this.#replacement) return this.#replacement
    switch (this.#state.name) {
      case 'ready':
        return this.#state.instance
      case 'starting':
        return this.#state.ready
      case 'stopping':
        await this.#state.stopped
        return this.acquire()
      case 'failed':
        if (this.#options.context.clock.monotonicMs() < this.#state.retryAtMs) throw this.#state.error
        return this.#start()
      case 'idle':
        return this.#start()
    }
  }

  enter(): void {
    this.#busy += 1
  }

  leave(): void {
    this.#busy -= 1
    if (!this.#reachable && this.#busy === 0) this.#scheduleStop()
  }

  /** Told at every change of the snapshot. An unreachable side is drained, and wakes again when it is called. */
  setReachable(reachable: boolean): void {
    this.#reachable = reachable
    if (reachable) this.#closing?.()
    else if (this.#busy === 0) this.#scheduleStop()
  }

  /** Waits for calls and sessions that had begun, then stops the instance. */
  async stop(): Promise<void> {
    this.#closing?.()
    if (this.#state.name === 'starting') await this.#state.ready.catch(() => {})
    if (this.#state.name === 'ready') this.#stopNow(this.#state.instance)
    if (this.#state.name === 'stopping') await this.#state.stopped
  }

  #scheduleStop(): void {
    this.#closing?.()
    this.#closing = this.#options.context.clock.schedule(this.#options.drainIdleMs, () => {
      if (!this.#reachable && this.#busy === 0 && this.#state.name === 'ready') this.#stopNow(this.#state.instance)
    })
  }

  #stopNow(instance: Lifecycle): void {
    this.#state = { name: 'stopping', stopped: this.#shutDown(instance) }
  }

  async #shutDown(instance: Lifecycle): Promise<void> {
    const { service, implementation, context } = this.#options
    try {
      await instance.stop()
    } catch (error) {
      context.logger.error('implementation failed to stop', { service, implementation, error: nameOf(error) })
    }
    this.#state = { name: 'idle' }
  }

  #start(): Promise<Instance> {
    const ready = this.#load()
    this.#state = { name: 'starting', ready }
    return ready
  }

  async #load(): Promise<Instance> {
    const { service, implementation, context, load } = this.#options
    try {
      const instance = await load(context)
      await instance.start()
      this.#state = { name: 'ready', instance }
      this.#failures = 0
      // A rescue may wake a side that no decision leads to: it goes back to sleep after its last call.
      if (!this.#reachable) this.#scheduleStop()
      return instance
    } catch (cause) {
      const error = containerErrors.create('implementation_unavailable', { service, implementation }, { cause })
      const ceilingMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures)
      this.#failures += 1
      // Half fixed, half random: instances that failed together do not come back together.
      const delayMs = ceilingMs * (0.5 + context.random() / 2)
      this.#state = { name: 'failed', error, retryAtMs: context.clock.monotonicMs() + delayMs }
      context.logger.error('implementation unavailable', {
        service,
        implementation,
        cause: nameOf(cause),
        retryInMs: Math.round(delayMs),
      })
      throw error
    }
  }
}

/** What an unknown failure may be called in a log: its type and code, never its message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
