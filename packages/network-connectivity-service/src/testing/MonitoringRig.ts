import type { Managed } from '@gradvis/base-service'
import { ManualClock } from '@gradvis/kernel/testing'
import { vi } from 'vitest'

import type { NetworkConnectivityService } from '../networkConnectivityContract.ts'
import type { NetworkConnectivityOptions } from '../NetworkConnectivityOptions.ts'
import type { NetworkStatus } from '../NetworkStatus.ts'
import type { CreateNetworkConnectivity } from './CreateNetworkConnectivity.ts'
import { startHttpServer } from './startHttpServer.ts'
import type { TestServer } from './TestServer.ts'

type Health = { isWell: boolean }

/** A monitored service before a real backend whose health a test decides, on a clock that a test moves. */
export class MonitoringRig implements AsyncDisposable {
  readonly clock: ManualClock
  readonly service: Managed<NetworkConnectivityService>
  readonly #server: TestServer
  readonly #health: Health

  /** `random` is 0.5: every backoff takes half of its longest time. */
  static async start(
    create: CreateNetworkConnectivity,
    options: NetworkConnectivityOptions = {},
    random = () => 0.5,
  ): Promise<MonitoringRig> {
    const health = { isWell: true }
    const server = await startHttpServer((_request, response) => response.writeHead(health.isWell ? 204 : 500).end())
    const endpoints = [{ name: 'backend', url: `http://127.0.0.1:${server.port}/health` }]
    const clock = new ManualClock()
    const rig = new MonitoringRig(create({ endpoints, ...options }, { clock, random }), clock, server, health)
    await rig.service.start()
    return rig
  }

  private constructor(
    service: Managed<NetworkConnectivityService>,
    clock: ManualClock,
    server: TestServer,
    health: Health,
  ) {
    this.service = service
    this.clock = clock
    this.#server = server
    this.#health = health
  }

  get probes(): number {
    return this.#server.requests.length
  }

  get openConnections(): number {
    return this.#server.openConnections()
  }

  /** Monitoring begins; resolves after the first round. */
  async monitor(isWell = true): Promise<NetworkStatus> {
    this.#health.isWell = isWell
    const before = this.probes
    await this.service.startMonitoring()
    return this.#afterRound(before + 1)
  }

  /** Moves the clock to the next round, which must be due exactly then, and resolves after it. */
  async round(isWell: boolean, afterMs: number): Promise<NetworkStatus> {
    this.#health.isWell = isWell
    const before = this.probes
    this.clock.advance(afterMs - 1)
    if (this.clock.pendingTimers !== 1) throw new Error(`the next round is not due ${afterMs} ms after the last one`)
    this.clock.advance(1)
    return this.#afterRound(before + 1)
  }

  /** Resolves when the round under way has ended and the next one is scheduled. */
  async settled(): Promise<void> {
    await this.#afterRound(this.probes)
  }

  async #afterRound(probes: number): Promise<NetworkStatus> {
    const now = new Date(this.clock.now()).toISOString()
    const isOver = async () =>
      this.probes === probes && (await this.service.getStatus()).checkedAt === now && this.clock.pendingTimers === 1
    await vi.waitFor(
      async () => {
        if (!(await isOver())) throw new Error(`the round with probe ${probes} does not end`)
      },
      { interval: 2 },
    )
    return this.service.getStatus()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.stop()
    await this.#server[Symbol.asyncDispose]()
  }
}
