import {
  type CallOptions,
  type InputOf,
  type LifecycleState,
  type Managed,
  notRunning,
  type Operation,
  type ServiceContext,
  serviceErrors,
  type Session,
  validate,
} from '@gradvis/base-service'
import type { Clock, Disposer, Logger, ServiceError } from '@gradvis/kernel'

import { createMonitoringIntent, type MonitoringIntent } from '../MonitoringIntent.ts'
import { networkConnectivityContract, type NetworkConnectivityService } from '../networkConnectivityContract.ts'
import { networkConnectivityErrors } from '../networkConnectivityErrors.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { LegacyListener } from './LegacyListeners.ts'
import { type LegacyDependencies, LegacyNetworkConnectivity } from './LegacyNetworkConnectivity.ts'
import { LegacyNetworkError } from './LegacyNetworkError.ts'
import { refusedSetting, toBackendCheck, toDiagnosis, toLegacyConfig, toStatus, toTarget } from './legacyTranslation.ts'

const { name: service, operations } = networkConnectivityContract
type Name = keyof typeof operations
type Input<N extends Name> = InputOf<(typeof operations)[N]>

/** How long a stop waits for calls in flight. */
const DRAIN_MS = 30_000

/** The contract's shape around the legacy service: its names, its errors, its lifecycle. */
class LegacyNetworkConnectivityAdapter implements Managed<NetworkConnectivityService> {
  readonly #legacy: LegacyNetworkConnectivity
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #intent: MonitoringIntent
  readonly #sessions = new Set<Session>()
  readonly #inFlight = new Set<Promise<unknown>>()
  #state: LifecycleState = 'created'
  #forgetIntent: Disposer | undefined
  #stopping: Promise<void> | undefined

  constructor(legacy: LegacyNetworkConnectivity, { clock, logger }: LegacyDependencies, intent: MonitoringIntent) {
    this.#legacy = legacy
    this.#clock = clock
    this.#logger = logger
    this.#intent = intent
  }

  async start(signal?: AbortSignal): Promise<void> {
    if (this.#state === 'running') return
    if (this.#state !== 'created') throw this.#notRunning()
    if (signal?.aborted) {
      this.#state = 'failed'
      throw serviceErrors.create('cancelled', { service, operation: 'start' }, { cause: signal.reason })
    }
    this.#legacy.open()
    this.#forgetIntent = this.#intent.onChange((wanted) => this.#follow(wanted))
    this.#follow(this.#intent.wanted)
    this.#state = 'running'
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  reportBytes(): number {
    return 0
  }

  getStatus(input?: Input<'getStatus'>, options?: CallOptions) {
    return this.#run('getStatus', input, options, async () => toStatus(this.#legacy.getSnapshot()))
  }

  isOnline(input?: Input<'isOnline'>, options?: CallOptions) {
    return this.#run('isOnline', input, options, async () => this.#legacy.hasConnection())
  }

  checkBackend(input?: Input<'checkBackend'>, options: CallOptions = {}) {
    return this.#run('checkBackend', input, options, () =>
      this.#reported(options, async () => toBackendCheck(await this.#legacy.pingAll(options.signal))),
    )
  }

  diagnose(input?: Input<'diagnose'>, options: CallOptions = {}) {
    return this.#run('diagnose', input, options, () =>
      this.#reported(options, async () => toDiagnosis(await this.#legacy.troubleshoot(options.signal))),
    )
  }

  subscribe(input: Input<'subscribe'>, options?: CallOptions) {
    return this.#run('subscribe', input, options, async () => this.#open(input.listener))
  }

  startMonitoring(input?: Input<'startMonitoring'>, options?: CallOptions) {
    return this.#run('startMonitoring', input, options, async () => {
      this.#intent.set(true)
      return { monitoring: true }
    })
  }

  stopMonitoring(input?: Input<'stopMonitoring'>, options?: CallOptions) {
    return this.#run('stopMonitoring', input, options, async () => {
      this.#intent.set(false)
      await this.#legacy.stopPolling()
      return { monitoring: false }
    })
  }

  #open(listener: Input<'subscribe'>['listener']): Session {
    // A function of its own, since legacy takes the same one only once.
    const heard: LegacyListener = (now, before, areas) => {
      const status = toStatus(now)
      const change = { status, previous: before && toStatus(before), changed: Object.freeze(areas.map(toTarget)) }
      return listener(Object.freeze(change))
    }
    this.#legacy.addListener(heard)
    const closed = Promise.withResolvers<void>()
    const close = async () => {
      this.#legacy.removeListener(heard)
      this.#sessions.delete(session)
      closed.resolve()
    }
    const session: Session = { close, closed: closed.promise }
    this.#sessions.add(session)
    return session
  }

  #notRunning(): ServiceError {
    return notRunning(service, this.#state)
  }

  #follow(wanted: boolean): void {
    if (wanted) this.#legacy.startPolling()
    else void this.#legacy.stopPolling()
  }

  async #stop(): Promise<void> {
    if (this.#state === 'running') {
      this.#state = 'draining'
      const giveUp = this.#clock.schedule(DRAIN_MS, () => void this.#legacy.close())
      while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight)
      giveUp()
      this.#forgetIntent?.()
      await Promise.all([...this.#sessions].map((session) => session.close()))
      await this.#legacy.close()
    }
    if (this.#state !== 'failed') this.#state = 'stopped'
  }

  async #reported<T>({ onProgress }: CallOptions, work: () => Promise<T>): Promise<T> {
    const total = this.#legacy.targetCount
    const report = (done: number) => {
      try {
        onProgress?.({ phase: 'probe', done, total, unit: 'items' })
      } catch (error) {
        this.#logger.warn('a progress listener failed', { error: error instanceof Error ? error.name : typeof error })
      }
    }
    report(0)
    const result = await work()
    report(total)
    return result
  }

  async #run<T>(operation: Name, input: unknown, options: CallOptions | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#state !== 'running') throw this.#notRunning()
    const validated = validate((operations[operation] as Operation).input, input)
    if (!validated.ok) throw serviceErrors.create('invalid_input', { service, operation, details: validated.details })
    if (options?.signal?.aborted) throw serviceErrors.create('cancelled', { service, operation })
    const running = work()
    this.#inFlight.add(running)
    try {
      return await running
    } catch (error) {
      const isAborted = error instanceof LegacyNetworkError && error.code === 'ABORTED'
      if (isAborted && !options?.signal?.aborted) throw this.#notRunning()
      throw serviceErrors.create(isAborted ? 'cancelled' : 'unexpected', { service, operation }, { cause: error })
    } finally {
      this.#inFlight.delete(running)
    }
  }
}

/** Throws `network.invalid_settings` or `network.invalid_endpoint`. */
export function createLegacyNetworkConnectivityService(
  { clock, logger, random }: ServiceContext,
  options: NetworkConnectivityOptions,
): Managed<NetworkConnectivityService> {
  const { monitoring = createMonitoringIntent(), ...rest } = options
  const dependencies = { clock, random, logger: logger.child({ service }) }
  try {
    return new LegacyNetworkConnectivityAdapter(
      new LegacyNetworkConnectivity(toLegacyConfig(rest), dependencies),
      dependencies,
      monitoring,
    )
  } catch (error) {
    if (!(error instanceof LegacyNetworkError)) throw error
    throw error.code === 'BAD_TARGET'
      ? networkConnectivityErrors.create('invalid_endpoint', { endpoint: error.subject }, { cause: error })
      : networkConnectivityErrors.create(
          'invalid_settings',
          { details: refusedSetting(error.subject) },
          { cause: error },
        )
  }
}
