import type { Call } from './Call.ts'
import { InFlight } from './calls/InFlight.ts'
import type { Contract, MethodOf, OutputOf, ParsedInputOf } from './contract/Contract.ts'
import type { Operation, Session } from './contract/Operation.ts'
import { createOperation, type OperationHost } from './createOperation.ts'
import type { ErrorTranslation } from './ErrorTranslation.ts'
import { endsWithin } from './endsWithin.ts'
import { framesOf } from './framesOf.ts'
import { guardedTranslation } from './guardedTranslation.ts'
import type { LifecycleState } from './LifecycleState.ts'
import { Dependencies } from './policies/Dependencies.ts'
import type { PolicyOf } from './policies/OperationPolicy.ts'
import { SharedRuns } from './policies/SharedRuns.ts'
import type { Handler } from './openSession.ts'
import { ServiceCache } from './ServiceCache.ts'
import type { Lifecycle, ServiceContext } from './ServiceContext.ts'
import { ServiceLifecycle } from './ServiceLifecycle.ts'

/** How long `stop` waits for calls in flight before it aborts them. */
const DRAIN_MS = 30_000
/** How long it then waits for them to notice. */
const ABORT_MS = 5_000

export type BaseServiceOptions = Readonly<{
  /** What the cached answers of all operations may hold together. Default 8 MiB. */
  maxCacheBytes?: number
  /** Applied to what the start and every attempt of every operation fail with, before retry, breaker or caller see it. */
  translate?: ErrorTranslation
}>

/**
 * What a migrated service extends. The subclass declares each operation as a field,
 * `readonly listBackups = this.operation('listBackups', (input, call) => …, policy)`, and may override `onStart`,
 * `onStop` and `reportBytes`. Lifecycle, validation, error mapping, policies, cache, drain and observations are here.
 */
export abstract class BaseService<C extends Contract> implements Lifecycle {
  protected readonly contract: C
  protected readonly context: ServiceContext
  /** Answers of operations with a cache policy. Writes invalidate by tag. */
  protected readonly cache: ServiceCache
  readonly #calls = new InFlight()
  readonly #runs = new SharedRuns(this.#calls)
  readonly #dependencies: Dependencies
  readonly #sessions = new Set<Session>()
  readonly #lifecycle: ServiceLifecycle
  readonly #translate: ErrorTranslation

  constructor(contract: C, context: ServiceContext, { maxCacheBytes, translate }: BaseServiceOptions = {}) {
    this.contract = contract
    this.context = { ...context, logger: context.logger.child({ service: contract.name }) }
    this.cache = new ServiceCache(context.clock, maxCacheBytes)
    this.#dependencies = new Dependencies(context.clock)
    this.#translate = guardedTranslation(translate, this.context.logger)
    this.#lifecycle = new ServiceLifecycle({
      service: contract.name,
      logger: this.context.logger,
      translate: this.#translate,
      onStart: (signal) => this.onStart(signal),
      drain: () => this.#drain(),
      onStop: () => this.#release(),
    })
    const { signal } = this.#lifecycle
    // One listener for all calls: a signal searches all that it has for each that is added.
    signal.addEventListener('abort', () => this.#calls.cancel(signal.reason))
  }

  get state(): LifecycleState {
    return this.#lifecycle.state
  }

  start(signal?: AbortSignal): Promise<void> {
    return this.#lifecycle.start(signal)
  }

  stop(): Promise<void> {
    return this.#lifecycle.stop()
  }

  reportBytes(): number {
    return this.cache.sizeBytes
  }

  /** The signal aborts when the start is interrupted and, later, when the service stops: what runs on may hold it. */
  protected async onStart(_signal: AbortSignal): Promise<void> {}

  /** Releases what `onStart` opened. Called once, also after a start that failed half-way. */
  protected async onStop(): Promise<void> {}

  /** Wraps a handler into the contract's method. The handler gets parsed input and may throw any error. */
  protected operation<Name extends keyof C['operations'] & string>(
    name: Name,
    handler: (input: ParsedInputOf<C['operations'][Name]>, call: Call) => Promise<OutputOf<C['operations'][Name]>>,
    policy?: PolicyOf<C['operations'][Name]>,
  ): MethodOf<C['operations'][Name]> {
    const operation = this.contract.operations[name] as Operation
    return createOperation(this.#host(), name, operation, handler as Handler, { ...policy }) as MethodOf<
      C['operations'][Name]
    >
  }

  #host(): OperationHost {
    return {
      service: this.contract.name,
      context: this.context,
      cache: this.cache,
      runs: this.#runs,
      dependencies: this.#dependencies,
      lifecycle: this.#lifecycle,
      translate: this.#translate,
      calls: this.#calls,
      adopt: (session) => this.#adopt(session),
    }
  }

  #adopt(session: Session): void {
    this.#sessions.add(session)
    const remove = () => this.#sessions.delete(session)
    session.closed.then(remove, remove)
  }

  /** Waits for the calls in flight, aborts those that take too long, and leaves behind those that do not notice. */
  async #drain(): Promise<void> {
    const { clock, logger } = this.context
    const idle = this.#calls.idle()
    if (await endsWithin(clock, idle, DRAIN_MS)) return
    this.#lifecycle.abort(new Error('the service did not wait any longer'))
    if (await endsWithin(clock, idle, ABORT_MS)) return
    logger.warn('stopped while calls were running that ignore their signal', { calls: this.#calls.size })
  }

  async #release(): Promise<void> {
    await Promise.all([...this.#sessions].map((session) => this.#close(session)))
    try {
      await this.onStop()
    } finally {
      this.cache.clear()
    }
  }

  async #close(session: Session): Promise<void> {
    try {
      await session.close()
    } catch (error) {
      this.context.logger.warn('a session failed to close', { frames: framesOf(error) })
    }
  }
}
