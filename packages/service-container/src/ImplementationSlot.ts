import { AsyncLocalStorage } from 'node:async_hooks'

import type { Contract, Lifecycle, Managed, ServiceContext, ServiceOf } from '@gradvis/base-service'
import { type Disposer, disposer, type Implementation } from '@gradvis/kernel'

import { containerErrors } from './containerErrors.ts'
import { nameOf } from './nameOf.ts'
import type { ImplementationLoader } from './ServiceRegistration.ts'

export type Instance = Managed<ServiceOf<Contract>>

const FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 60_000
/** A start that takes longer has failed: the calls that wait for it are answered by legacy. */
const START_TIMEOUT_MS = 30_000

/** One object per call of `replace`: the same instance may be put there twice. */
type Replacement = Readonly<{ instance: Instance }>

type SlotState =
  | { name: 'idle' }
  | { name: 'starting'; ready: Promise<Instance> }
  | { name: 'ready'; instance: Instance }
  | { name: 'failed'; error: Error; retryAtMs: number }
  | { name: 'stopping'; stopped: Promise<void> }
  | { name: 'stopped' }

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
  #replacements: readonly Replacement[] = []
  #replacement: Instance | undefined
  #isEnding = false
  readonly #acquiring = new Set<Promise<Instance>>()
  /** A side is started for everybody: not in the scope of whoever called first, whose subject its timers would keep. */
  readonly #outsideScopes = AsyncLocalStorage.snapshot()

  constructor(options: SlotOptions) {
    this.#options = options
    this.implementation = options.implementation
  }

  /** The started instance, if there is one: the fast path of every call. */
  get instance(): Instance | undefined {
    return this.#replacement ?? (this.#state.name === 'ready' ? this.#state.instance : undefined)
  }

  /** Puts a test's own object in the place of this side. The last one that is not disposed wins, whatever the order. */
  replace(replacement: Instance): Disposer {
    const entry = { instance: replacement }
    this.#setReplacements([...this.#replacements, entry])
    return disposer(() => this.#setReplacements(this.#replacements.filter((other) => other !== entry)))
  }

  #setReplacements(replacements: readonly Replacement[]): void {
    this.#replacements = replacements
    this.#replacement = replacements.at(-1)?.instance
  }

  /** Calls in flight and open sessions. */
  get busy(): number {
    return this.#busy
  }

  /** Rejects with `container.implementation_unavailable`, and with `container.stopped` after `stop`. */
  acquire(): Promise<Instance> {
    const acquiring = this.#acquire()
    const forget = () => void this.#acquiring.delete(acquiring)
    this.#acquiring.add(acquiring)
    acquiring.then(forget, forget)
    return acquiring
  }

  async #acquire(): Promise<Instance> {
    if (this.#replacement) return this.#replacement
    switch (this.#state.name) {
      case 'ready':
        return this.#state.instance
      case 'starting':
        return this.#state.ready
      case 'stopping':
        await this.#state.stopped
        return this.#acquire()
      case 'failed':
        if (this.#options.context.clock.monotonicMs() < this.#state.retryAtMs) throw this.#state.error
        return this.#start()
      case 'idle':
        return this.#start()
      case 'stopped':
        throw this.#stopped()
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
    // Most changes are about something else: they must not put the end of a drain off.
    if (reachable === this.#reachable) return
    this.#reachable = reachable
    if (reachable) this.#closing?.()
    else if (this.#busy === 0) this.#scheduleStop()
  }

  /** Lets in who waits for the start, then stops the instance, which drains its calls. For good: nothing starts again. */
  async stop(): Promise<void> {
    this.#isEnding = true
    this.#closing?.()
    // Whoever acquires awaits the same promise and did so earlier, so its call reaches the instance before the stop does.
    await Promise.allSettled(this.#acquiring)
    if (this.#state.name === 'ready') this.#stopNow(this.#state.instance)
    if (this.#state.name === 'stopping') await this.#state.stopped
    this.#state = { name: 'stopped' }
  }

  #stopped(): Error {
    return containerErrors.create('stopped', { service: this.#options.service })
  }

  #scheduleStop(): void {
    this.#closing?.()
    if (this.#isEnding) return
    this.#closing = this.#options.context.clock.schedule(this.#options.drainIdleMs, () => {
      if (!this.#reachable && this.#busy === 0 && this.#state.name === 'ready') this.#stopNow(this.#state.instance)
    })
  }

  #stopNow(instance: Lifecycle): void {
    this.#state = { name: 'stopping', stopped: this.#shutDown(instance) }
  }

  async #shutDown(instance: Lifecycle): Promise<void> {
    const { service, context } = this.#options
    try {
      await instance.stop()
    } catch (error) {
      context.logger.error('implementation failed to stop', { service, error: nameOf(error) })
    }
    this.#state = { name: 'idle' }
  }

  #start(): Promise<Instance> {
    if (this.#isEnding) throw this.#stopped()
    const ready = this.#outsideScopes(() => this.#load())
    this.#state = { name: 'starting', ready }
    return ready
  }

  async #load(): Promise<Instance> {
    const { service, implementation, context } = this.#options
    try {
      const instance = await this.#startInTime()
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
        cause: nameOf(cause),
        retryInMs: Math.round(delayMs),
      })
      throw error
    }
  }
  async #startInTime(): Promise<Instance> {
    const deadline = new AbortController()
    const expired = Promise.withResolvers<never>()
    using _timer = this.#options.context.clock.schedule(START_TIMEOUT_MS, () => {
      deadline.abort(new DOMException('the start took too long', 'TimeoutError'))
      expired.reject(deadline.signal.reason)
    })
    const starting = this.#startOne(deadline.signal)
    try {
      return await Promise.race([starting, expired.promise])
    } catch (error) {
      // Should it end after all, nobody wants what it has started.
      starting.then((late) => late.stop()).catch(() => {})
      throw error
    }
  }

  async #startOne(signal: AbortSignal): Promise<Instance> {
    const { load, context } = this.#options
    const instance = await load(context)
    signal.throwIfAborted()
    await instance.start(signal)
    return instance
  }
}
