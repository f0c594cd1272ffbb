import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import type { News, Order } from './messages.ts'

const INSTANCE = fileURLToPath(new URL('./instance.ts', import.meta.url))
/** Whatever takes longer is broken, not slow. */
const PATIENCE_MS = 30_000

type Switched = Extract<News, { kind: 'switched' }>
type Decided = Extract<News, { kind: 'decided' }>

/** What one change took: milliseconds from its decision to the first legacy call of each process. */
export type Arrival = Readonly<{ delaysMs: readonly number[]; isNextCallLegacy: boolean }>

/** Several processes on one store. */
export class Fleet {
  readonly #processes: readonly ChildProcess[]
  readonly #sides = new Map<ChildProcess, Switched>()
  #decided: Decided | undefined
  #changed = Promise.withResolvers<void>()

  private constructor(processes: readonly ChildProcess[]) {
    this.#processes = processes
    for (const one of processes) one.on('message', (news: News) => this.#hear(one, news))
  }

  /** Resolves when every process serves its subject migrated. */
  static async start(location: string, size: number): Promise<Fleet> {
    const processes = Array.from({ length: size }, (_none, index) =>
      fork(INSTANCE, [location, `instance-${index}`], { execArgv: ['--conditions=@gradvis/source', '--no-warnings'] }),
    )
    const fleet = new Fleet(processes)
    try {
      await fleet.#until(() => fleet.#allOn('migrated'))
      return fleet
    } catch (error) {
      fleet.kill()
      throw error
    }
  }

  /** One process, another one each round, asks for something; answers how long it took until all were on legacy. */
  async measure(round: number, order: Order): Promise<Arrival> {
    this.#decided = undefined
    this.#tell(round, order)
    await this.#until(() => this.#allOn('legacy') && this.#decided !== undefined)
    const { atMs, isNextCallLegacy } = this.#decided as unknown as Decided
    return { delaysMs: [...this.#sides.values()].map((one) => Math.max(0, one.atMs - atMs)), isNextCallLegacy }
  }

  async backToMigrated(round: number, order: Order): Promise<void> {
    this.#tell(round, order)
    await this.#until(() => this.#allOn('migrated'))
  }

  async stop(): Promise<void> {
    for (const one of this.#processes) one.send({ kind: 'stop' } satisfies Order)
    await Promise.all(this.#processes.filter(({ exitCode }) => exitCode === null).map((one) => once(one, 'exit')))
  }

  /** After a failure: nothing may outlive the benchmark. */
  kill(): void {
    for (const one of this.#processes) one.kill('SIGKILL')
  }

  #tell(round: number, order: Order): void {
    this.#processes[round % this.#processes.length]?.send(order)
  }

  #hear(from: ChildProcess, news: News): void {
    if (news.kind === 'switched') this.#sides.set(from, news)
    if (news.kind === 'decided') this.#decided = news
    this.#changed.resolve()
  }

  #allOn(side: Switched['to']): boolean {
    return this.#processes.every((one) => this.#sides.get(one)?.to === side)
  }

  async #until(condition: () => boolean): Promise<void> {
    const limit = AbortSignal.timeout(PATIENCE_MS)
    const expire = () => this.#changed.reject(new Error('the fleet did not follow within 30 seconds'))
    limit.addEventListener('abort', expire, { once: true })
    while (!condition()) {
      this.#changed = Promise.withResolvers()
      await this.#changed.promise
    }
    limit.removeEventListener('abort', expire)
  }
}
