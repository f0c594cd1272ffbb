import type { Lifecycle } from './ServiceContext.ts'
import type { LifecycleState } from './LifecycleState.ts'

export type LifecycleHooks = Readonly<{
  onStart(signal: AbortSignal): Promise<void>
  /** Called once, after the calls in flight have ended; also after a failed start, to release what it had opened. */
  onStop(): Promise<void>
}>

/** Start and stop, each once however often they are asked for, whatever their order. */
export class ServiceLifecycle implements Pick<Lifecycle, 'start' | 'stop'> {
  #state: LifecycleState = 'created'
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  readonly #hooks: LifecycleHooks
  readonly #aborter = new AbortController()

  constructor(hooks: LifecycleHooks) {
    this.#hooks = hooks
  }

  get state(): LifecycleState {
    return this.#state
  }

  /** Aborts when a stopping service gives up waiting for its calls, and when a start is interrupted by a stop. */
  get signal(): AbortSignal {
    return this.#aborter.signal
  }

  start(signal?: AbortSignal): Promise<void> {
    this.#starting ??= this.#start(signal)
    return this.#starting
  }

  stop(drain: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    this.#stopping ??= this.#stop(drain)
    return this.#stopping
  }

  abort(reason: Error): void {
    this.#aborter.abort(reason)
  }

  async #start(signal?: AbortSignal): Promise<void> {
    if (this.#state !== 'created') return
    this.#state = 'starting'
    try {
      const both = signal ? AbortSignal.any([signal, this.signal]) : this.signal
      both.throwIfAborted()
      await this.#hooks.onStart(both)
      this.#state = 'running'
    } catch (error) {
      this.#state = 'failed'
      await this.#hooks.onStop()
      throw error
    }
  }

  async #stop(drain: () => Promise<void>): Promise<void> {
    await this.#starting?.catch(() => {})
    const wasRunning = this.#state === 'running'
    if (wasRunning) {
      this.#state = 'draining'
      await drain()
    }
    this.abort(new Error('the service has stopped'))
    if (wasRunning) await this.#hooks.onStop()
    if (this.#state !== 'failed') this.#state = 'stopped'
  }
}
