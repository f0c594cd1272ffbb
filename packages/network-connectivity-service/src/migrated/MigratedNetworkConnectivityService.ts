import { BaseService, type Call, fullJitterBackoffMs, type Managed, type ServiceContext } from '@gradvis/base-service'
import type { Disposer } from '@gradvis/kernel'

import type { BackendCheck } from '../BackendCheck.ts'
import { networkConnectivityContract, type NetworkConnectivityService } from '../networkConnectivityContract.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import { diagnose } from './diagnose.ts'
import { type ParsedOptions, parseOptions } from './parseOptions.ts'
import { probeAll } from './probeAll.ts'
import { readLink } from './readLink.ts'
import { Repeater } from './Repeater.ts'
import { SingleFlight } from './SingleFlight.ts'
import { StatusBoard } from './StatusBoard.ts'

class MigratedNetworkConnectivityService
  extends BaseService<typeof networkConnectivityContract>
  implements NetworkConnectivityService
{
  readonly #options: ParsedOptions
  readonly #board: StatusBoard
  readonly #checks = new SingleFlight((signal) => this.#check(signal))
  readonly #diagnoses = new SingleFlight((signal) => diagnose(this.#options, this.context.clock, signal))
  readonly #monitor: Repeater
  #forgetIntent: Disposer | undefined

  constructor(context: ServiceContext, options: NetworkConnectivityOptions) {
    super(networkConnectivityContract, context)
    this.#options = parseOptions(options)
    this.#board = new StatusBoard(context.clock, this.context.logger, this.#options.endpoints)
    this.#monitor = new Repeater(context.clock, (signal) => this.#monitorOnce(signal))
  }

  readonly getStatus = this.operation('getStatus', async () => this.#board.status)

  readonly isOnline = this.operation('isOnline', async () => this.#board.isOnline)

  readonly checkBackend = this.operation('checkBackend', (_input, call) => this.#join(this.#checks, call))

  readonly diagnose = this.operation('diagnose', (_input, call) => this.#join(this.#diagnoses, call))

  readonly subscribe = this.operation('subscribe', async ({ listener }) => this.#board.subscribe(listener))

  readonly startMonitoring = this.operation('startMonitoring', async () => {
    this.#options.monitoring.set(true)
    return { monitoring: true }
  })

  readonly stopMonitoring = this.operation('stopMonitoring', async () => {
    this.#options.monitoring.set(false)
    await this.#monitor.stop()
    return { monitoring: false }
  })

  protected override async onStart(): Promise<void> {
    this.#board.record(readLink(this.#options))
    this.#forgetIntent = this.#options.monitoring.onChange((wanted) => this.#follow(wanted))
    this.#follow(this.#options.monitoring.wanted)
  }

  protected override async onStop(): Promise<void> {
    this.#forgetIntent?.()
    this.#follow(false)
    await this.#monitor.stop()
  }

  #follow(wanted: boolean): void {
    this.#board.setMonitoring(wanted)
    if (wanted) this.#monitor.start()
    else void this.#monitor.stop()
  }

  async #join<T>(flights: SingleFlight<T>, { signal, reportProgress }: Call): Promise<T> {
    const progress = { phase: 'probe', total: this.#options.endpoints.length, unit: 'items' } as const
    reportProgress({ ...progress, done: 0 })
    const result = await flights.join(signal)
    reportProgress({ ...progress, done: progress.total })
    return result
  }

  async #check(signal: AbortSignal): Promise<BackendCheck> {
    const endpoints = await probeAll(this.#options, this.context.clock, this.#options.probeTimeoutMs, signal)
    this.#board.record(readLink(this.#options), endpoints)
    return { checkedAt: new Date(this.context.clock.now()).toISOString(), endpoints }
  }

  /** One round; answers how long to wait for the next. */
  async #monitorOnce(signal: AbortSignal): Promise<number> {
    const { intervalMs } = this.#options
    try {
      await this.#checks.join(signal)
      const failures = this.#board.failuresInARow
      return failures === undefined ? intervalMs : fullJitterBackoffMs(failures, this.#options, this.context.random)
    } catch (error) {
      signal.throwIfAborted()
      this.context.logger.error('a round of probes failed', {
        error: error instanceof Error ? error.name : typeof error,
      })
      return intervalMs
    }
  }
}

/** Throws `network.invalid_settings` or `network.invalid_endpoint`. */
export function createMigratedNetworkConnectivityService(
  context: ServiceContext,
  options: NetworkConnectivityOptions,
): Managed<NetworkConnectivityService> {
  return new MigratedNetworkConnectivityService(context, options)
}
