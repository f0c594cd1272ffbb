import { isServiceError, type Logger, type ServiceError } from '@gradvis/kernel'

import type { ErrorTranslation } from './ErrorTranslation.ts'
import { framesOf } from './framesOf.ts'
import type { LifecycleState } from './LifecycleState.ts'
import { notRunning } from './notRunning.ts'
import type { Lifecycle } from './ServiceContext.ts'
import { serviceErrors } from './serviceErrors.ts'

export type LifecycleOptions = Readonly<{
  service: string
  logger: Logger
  translate: ErrorTranslation
  onStart(signal: AbortSignal): Promise<void>
  /** Resolves when no call is in flight, or when it is no use to wait longer. */
  drain(): Promise<void>
  /** Called once, after the drain; also after a failed start, to release what it had opened. */
  onStop(): Promise<void>
}>

/** Start and stop, each once however often they are asked for, whatever their order. */
export class ServiceLifecycle implements Pick<Lifecycle, 'start' | 'stop'> {
  #state: LifecycleState = 'created'
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  readonly #options: LifecycleOptions
  readonly #aborter = new AbortController()

  constructor(options: LifecycleOptions) {
    this.#options = options
  }

  get state(): LifecycleState {
    return this.#state
  }

  /** Aborts when the service has stopped, when it gives up waiting for its calls, and when its start is interrupted. */
  get signal(): AbortSignal {
    return this.#aborter.signal
  }

  start(signal?: AbortSignal): Promise<void> {
    this.#starting ??= this.#start(signal)
    return this.#starting
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  abort(reason: unknown): void {
    this.#aborter.abort(reason)
  }

  /** `service.not_running`, in the words of the state that it is in now. */
  notRunning(options?: ErrorOptions): ServiceError {
    return notRunning(this.#options.service, this.#state, options)
  }

  async #start(signal: AbortSignal | undefined): Promise<void> {
    if (this.#state !== 'created') throw this.notRunning()
    this.#state = 'starting'
    const onAbort = () => this.abort(signal?.reason)
    signal?.addEventListener('abort', onAbort)
    try {
      if (signal?.aborted) onAbort()
      this.signal.throwIfAborted()
      await this.#options.onStart(this.signal)
      // A start that did not notice its interruption has started something that nobody wants any more.
      this.signal.throwIfAborted()
      this.#state = 'running'
    } catch (error) {
      this.#state = 'failed'
      const failure = this.#startFailure(error, signal)
      this.abort(failure)
      // The start's own error is what its caller is told; the release's is in the log.
      await this.#release().catch(() => {})
      throw failure
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  async #stop(): Promise<void> {
    if (this.#state === 'starting') this.abort(new Error('stopped while starting'))
    // A start that has failed may still be releasing what it had opened.
    if (this.#state === 'starting' || this.#state === 'failed') await this.#starting?.catch(() => {})
    // Before anything is awaited, so that no call and no start slips in after the stop.
    if (this.#state === 'created') this.#state = 'stopped'
    if (this.#state !== 'running') return
    this.#state = 'draining'
    try {
      await this.#options.drain()
      this.abort(new Error('the service has stopped'))
      await this.#release()
    } finally {
      this.#state = 'stopped'
    }
  }

  async #release(): Promise<void> {
    try {
      await this.#options.onStop()
    } catch (error) {
      throw this.#unexpected('stop', error)
    }
  }

  #startFailure(error: unknown, signal: AbortSignal | undefined): ServiceError {
    const { service, translate } = this.#options
    if (signal?.aborted) return serviceErrors.create('cancelled', { service, operation: 'start' }, { cause: error })
    if (this.signal.aborted) return this.notRunning({ cause: error })
    return isServiceError(error) ? error : (translate(error) ?? this.#unexpected('start', error))
  }

  #unexpected(operation: 'start' | 'stop', cause: unknown): ServiceError {
    const { service, logger } = this.#options
    logger.error('lifecycle failed unexpectedly', { operation, frames: framesOf(cause) })
    return serviceErrors.create('unexpected', { service, operation }, { cause })
  }
}
