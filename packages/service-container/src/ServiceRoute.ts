import {
  type CallAnnotations,
  type CallOptions,
  type Contract,
  type Observation,
  type Observer,
  type Outcome,
  type Session,
  type ShadowPolicy,
} from '@gradvis/base-service'
import {
  type CompiledService,
  compiledService,
  type Decision,
  decideWith,
  type FlagSnapshot,
  reachableImplementations,
  type Subject,
} from '@gradvis/feature-flags'
import type { Clock, Implementation } from '@gradvis/kernel'

import { codeFor, hasGivenUp, outcomeFor } from './callFailure.ts'
import type { CallSpan, CallTracer } from './CallTracer.ts'
import { containerErrors } from './containerErrors.ts'
import type { EmissionGuard } from './EmissionGuard.ts'
import type { ImplementationSlot, Instance } from './ImplementationSlot.ts'
import type { Attempt, RoutedCall, Served } from './RoutedCall.ts'
import type { ShadowPort } from './ShadowPort.ts'
import type { SnapshotProvider } from './SnapshotProvider.ts'
import type { SubjectScope } from './SubjectScope.ts'

export type RouteOptions = Readonly<{
  /** Place of the service among those of the container, from 0. */
  ordinal: number
  contract: Contract
  slots: Readonly<Record<Implementation, ImplementationSlot>>
  provider: SnapshotProvider
  observer: Observer
  clock: Clock
  shadow: ShadowPort | undefined
  guard: EmissionGuard | undefined
  tracer: CallTracer | undefined
}>

/** Decides, calls, records and rescues: everything that happens between a facade and the two sides of one service. */
export class ServiceRoute {
  readonly contract: Contract
  readonly slots: Readonly<Record<Implementation, ImplementationSlot>>
  readonly #options: RouteOptions
  readonly #ordinal: number
  #stopped = false
  /** What `#compiled` was taken from: a snapshot is swapped whole, so its identity says whether that still holds. */
  #snapshot: FlagSnapshot | undefined
  #compiled: CompiledService | undefined

  constructor(options: RouteOptions) {
    this.#options = options
    this.#ordinal = options.ordinal
    this.contract = options.contract
    this.slots = options.slots
  }

  /** The decision for a subject as of now, pinned nowhere. */
  decide(subject: Subject | undefined): Decision {
    return decideWith(this.#current(), subject)
  }

  #current(): CompiledService {
    const { current } = this.#options.provider
    if (this.#compiled === undefined || current !== this.#snapshot) {
      this.#compiled = compiledService(current, this.contract.name)
      this.#snapshot = current
    }
    return this.#compiled
  }

  /** The decision of a scope: the first one taken there, unless an emergency has come since. */
  decideIn(scope: SubjectScope | undefined): Decision {
    if (scope?.pins === undefined) return this.decide(scope?.subject)
    const pinned = scope.pins[this.#ordinal]
    if (pinned && !this.#current().breaksPins) return pinned
    const decision = this.decide(scope.subject)
    scope.pins[this.#ordinal] = decision
    return decision
  }

  /** The instance that a decision leads to, started; legacy's where the migrated side is unavailable. */
  async acquire(decision: Decision): Promise<Readonly<{ instance: Instance; implementation: Implementation }>> {
    const { implementation } = decision
    try {
      return { instance: await this.slots[implementation].acquire(), implementation }
    } catch (error) {
      if (implementation === 'legacy') throw error
      return { instance: await this.slots.legacy.acquire(), implementation: 'legacy' }
    }
  }

  /** Tells both sides whether any subject may still be sent to them. */
  drainUnreachable(): void {
    const reachable = reachableImplementations(this.#options.provider.current, this.contract.name)
    for (const slot of Object.values(this.slots)) slot.setReachable(reachable.has(slot.implementation))
  }

  /** From now on every call is refused with `container.stopped`; resolves when both sides are stopped. */
  async stop(): Promise<void> {
    this.#stopped = true
    // Legacy last: what still runs on the migrated side may need to be rescued.
    await this.slots.migrated.stop()
    await this.slots.legacy.stop()
  }

  /** Calls the side that was decided on; legacy where the migrated one is unavailable or may be rescued. */
  call(call: RoutedCall, served?: Served): Promise<unknown> {
    const answer = this.#route(call, served)
    return this.#options.shadow && call.operation.shadow
      ? this.#shadowed(this.#options.shadow, call.operation.shadow, call, answer)
      : answer
  }

  #route(call: RoutedCall, served?: Served): Promise<unknown> {
    const slot = this.slots[call.decision.implementation]
    const { instance } = slot
    // Not in an async function of its own: every call would pay for a second promise.
    if (instance !== undefined && !this.#stopped) return this.#invoke(slot, instance, call, served)
    return this.#wake(slot, call, served)
  }

  async #wake(slot: ImplementationSlot, call: RoutedCall, served?: Served): Promise<unknown> {
    if (this.#stopped) throw containerErrors.create('stopped', { service: this.contract.name })
    const startedMs = this.#options.clock.monotonicMs()
    let instance: Instance
    try {
      instance = await slot.acquire()
    } catch (error) {
      const span = this.#options.tracer?.start(this.contract.name, slot.implementation, call, startedMs)
      const attempt = { slot, call, startedMs, annotations: { attempts: 0, cacheHit: false }, span }
      return this.#unavailable(attempt, this.#clean(slot, error), served)
    }
    return this.#invoke(slot, instance, call, served)
  }

  /** Offers a read to the shadow port. The answer goes to the caller untouched. */
  #shadowed(shadow: ShadowPort, policy: ShadowPolicy, call: RoutedCall, answer: Promise<unknown>): Promise<unknown> {
    const { decision } = call
    answer.catch(() => {})
    const other = this.slots[decision.implementation === 'legacy' ? 'migrated' : 'legacy']
    const runOther = async (signal: AbortSignal) =>
      this.#invoke(other, await other.acquire(), { ...call, options: { signal }, role: 'shadow' })
    shadow.consider({ service: this.contract.name, operation: call.name, decision, policy, answer, runOther })
    return answer
  }

  async #invoke(slot: ImplementationSlot, instance: Instance, call: RoutedCall, served?: Served): Promise<unknown> {
    const { name, input, options } = call
    const annotations: CallAnnotations = { attempts: 1, cacheHit: false }
    const { clock, tracer } = this.#options
    const startedMs = clock.monotonicMs()
    const span = tracer?.start(this.contract.name, slot.implementation, call)
    const method = instance[name] as (input: unknown, options: CallOptions) => Promise<unknown>
    slot.enter()
    try {
      const { actor } = call
      const given = options === undefined ? { annotations, actor } : { actor, ...options, annotations }
      const output = await (span === undefined
        ? method.call(instance, input, given)
        : span.run(() => method.call(instance, input, given)))
      served?.(slot)
      if (call.operation.kind === 'session') holdOpen(slot, output as Session)
      // Last, so that a call that fails after its answer is not counted twice.
      this.#recordAnswer(slot, call, annotations, startedMs, span)
      return output
    } catch (error) {
      return await this.#failed({ slot, call, annotations, startedMs, span }, this.#clean(slot, error), served)
    } finally {
      slot.leave()
    }
  }

  #clean({ implementation }: ImplementationSlot, error: unknown): unknown {
    const { guard } = this.#options
    return guard ? guard.cleanError(error, { service: this.contract.name, implementation }) : error
  }

  /** Records the failure; legacy answers where that is allowed, otherwise it is thrown. */
  async #failed(attempt: Attempt, error: unknown, served?: Served): Promise<unknown> {
    const { slot, call, span } = attempt
    const outcome = outcomeFor(call.options, error)
    const endedMs = this.#options.clock.monotonicMs()
    const record = (rescued: boolean) => this.#recordFailure(attempt, outcome, error, rescued, endedMs)
    const mayBeRescued =
      call.operation.rescue &&
      call.role === 'primary' &&
      slot.implementation === 'migrated' &&
      !hasGivenUp(call.options)
    if (outcome === 'fault' && mayBeRescued) return within(span, () => this.#rescue(call, error, record, served))
    record(false)
    throw error
  }

  /** Legacy answers for a migrated side that failed. Its refusal is an answer too; only its own fault is no rescue. */
  async #rescue(
    call: RoutedCall,
    failure: unknown,
    failed: (rescued: boolean) => void,
    served?: Served,
  ): Promise<unknown> {
    try {
      const answer = await this.#callLegacy(call, served)
      failed(true)
      return answer
    } catch (error) {
      const outcome = outcomeFor(call.options, error)
      failed(outcome === 'refused')
      throw outcome === 'fault' ? failure : error
    }
  }

  async #callLegacy(call: RoutedCall, served?: Served): Promise<unknown> {
    const { legacy } = this.slots
    return this.#invoke(legacy, legacy.instance ?? (await legacy.acquire()), { ...call, role: 'rescue' }, served)
  }

  /** Nothing ran on a side that could not start, so legacy may serve any operation instead, writes too. */
  async #unavailable(attempt: Attempt, error: unknown, served?: Served): Promise<unknown> {
    const endedMs = this.#options.clock.monotonicMs()
    const failed = (rescued: boolean) => this.#recordFailure(attempt, 'fault', error, rescued, endedMs)
    if (attempt.slot.implementation === 'migrated')
      return within(attempt.span, () => this.#rescue(attempt.call, error, failed, served))
    failed(false)
    throw error
  }

  /** Apart from `#recordFailure`, because it runs at every call: one for both costs a sixth more of the overhead. */
  #recordAnswer(
    slot: ImplementationSlot,
    call: RoutedCall,
    annotations: CallAnnotations,
    startedMs: number,
    span: CallSpan | undefined,
  ): void {
    const observation: Observation = {
      service: this.contract.name,
      implementation: slot.implementation,
      operation: call.name,
      outcome: 'ok',
      code: undefined,
      durationMs: this.#options.clock.monotonicMs() - startedMs,
      role: call.role,
      isDrawn: call.decision.reason === 'SPLIT',
      rescued: false,
      attempts: annotations.attempts,
      cacheHit: annotations.cacheHit,
      coalesced: annotations.coalesced,
      breaker: annotations.breaker,
    }
    this.#options.observer.record(observation)
    span?.end(observation)
  }

  #recordFailure(attempt: Attempt, outcome: Outcome, error: unknown, rescued: boolean, endedMs: number): void {
    const { slot, call, annotations, startedMs } = attempt
    const observation: Observation = {
      service: this.contract.name,
      implementation: slot.implementation,
      operation: call.name,
      outcome,
      code: codeFor(outcome, error),
      durationMs: endedMs - startedMs,
      role: call.role,
      isDrawn: call.decision.reason === 'SPLIT',
      rescued,
      attempts: annotations.attempts,
      cacheHit: annotations.cacheHit,
      coalesced: annotations.coalesced,
      breaker: annotations.breaker,
    }
    this.#options.observer.record(observation)
    attempt.span?.end(observation, endedMs)
  }
}

/** A side is not drained while a session that it opened is open. */
function holdOpen(slot: ImplementationSlot, session: Session): void {
  slot.enter()
  const leave = () => slot.leave()
  session.closed.then(leave, leave)
}

/** A rescue is part of what it rescues, so that both are in one trace also where the caller has none. */
function within<T>(span: CallSpan | undefined, work: () => T): T {
  return span === undefined ? work() : span.run(work)
}
