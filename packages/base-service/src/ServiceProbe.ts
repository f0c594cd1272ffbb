import { abortable, type Clock, isServiceError, silentLogger } from '@gradvis/kernel'

import { endsWithin } from './endsWithin.ts'
import { linkSignals } from './linkSignals.ts'
import { silentObserver } from './Observation.ts'
import type { Lifecycle, ServiceContext } from './ServiceContext.ts'

/** Whatever is not shown by then counts as failed. */
const LIMIT_MS = 10_000
/** How long a probe waits for what it opened to close; what has not closed by then counts against it. */
const CLEAN_UP_MS = 2_000

/** Numbers and words that a person can judge the result by. No personal data. */
export type ProbeEvidence = Readonly<Record<string, string | number | boolean>>

/** A named self-test of a service, safe to run in production: on an instance of its own, leaving nothing behind. */
export type ServiceProbe = Readonly<{
  id: string
  /** Ends within 12 seconds. Rejects, with the signal's reason, only when the signal aborts. */
  run: (signal: AbortSignal) => Promise<Readonly<{ passed: boolean; evidence: ProbeEvidence }>>
}>

/** What a probe works with. */
export interface ProbeScratch {
  /** For the scratch instance: what a probe breaks on purpose is neither observed, logged nor audited as the service's own. */
  readonly context: ServiceContext
  /** Aborts when the probe is to end. Pass it on to everything that waits. */
  readonly signal: AbortSignal
  /** Disposed of when the probe ends, whichever way, last opened first. */
  readonly resources: AsyncDisposableStack
  /** Starts an instance, to be stopped when the probe ends. */
  start<Service extends Lifecycle>(service: Service): Promise<Service>
  /**
   * One case: shown when the work answers true, or an empty list of faults. What answers anything else or throws is a
   * failed case, which ends nothing else. Throws only when `signal` aborts, and then at once, even when the work never
   * ends. Faults become evidence: constant words, nothing from outside.
   */
  check(name: string, work: () => Promise<boolean | readonly string[]>): Promise<boolean>
}

/**
 * Passed when there was at least one case, all were shown and everything could be closed again. To the evidence that
 * the work answers come `cases`, `passed`, `slowestMs` (a case), `durationMs` and, if any, the names of those `failed`.
 */
export function defineProbe(
  id: string,
  context: ServiceContext,
  work: (scratch: ProbeScratch) => Promise<ProbeEvidence>,
): ServiceProbe {
  return {
    id,
    async run(signal) {
      signal.throwIfAborted()
      const limit = new AbortController()
      const expire = () => limit.abort(new DOMException(`a probe ends within ${LIMIT_MS} ms`, 'TimeoutError'))
      using _limit = context.clock.schedule(LIMIT_MS, expire)
      using linked = linkSignals(signal, limit.signal)
      const run = new ProbeRun(context, linked.signal)
      const evidence = await run.attempt(work)
      await run.cleanUp()
      signal.throwIfAborted()
      return run.conclude(evidence)
    },
  }
}

class ProbeRun implements ProbeScratch {
  readonly context: ServiceContext
  readonly signal: AbortSignal
  readonly resources = new AsyncDisposableStack()
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #failed: string[] = []
  #cases = 0
  #passed = 0
  #slowestMs = 0

  constructor(context: ServiceContext, signal: AbortSignal) {
    const silent = { observer: silentObserver, logger: silentLogger, audit: undefined }
    this.context = { ...context, implementation: 'migrated', ...silent }
    this.signal = signal
    this.#clock = context.clock
    this.#startedMs = this.#clock.monotonicMs()
  }

  async start<Service extends Lifecycle>(service: Service): Promise<Service> {
    this.resources.defer(() => service.stop())
    await abortable(service.start(this.signal), this.signal)
    return service
  }

  async check(name: string, work: () => Promise<boolean | readonly string[]>): Promise<boolean> {
    this.signal.throwIfAborted()
    const startedMs = this.#clock.monotonicMs()
    this.#cases += 1
    try {
      const answer = await abortable(work(), this.signal)
      const isShown = answer === true || (Array.isArray(answer) && answer.length === 0)
      if (isShown) this.#passed += 1
      else this.#failed.push(answer === false ? name : `${name} (${[answer].flat().join('; ')})`)
      return isShown
    } catch (error) {
      this.#fail(name, error)
      this.signal.throwIfAborted()
      return false
    } finally {
      this.#slowestMs = Math.max(this.#slowestMs, this.#clock.monotonicMs() - startedMs)
    }
  }

  async attempt(work: (scratch: ProbeScratch) => Promise<ProbeEvidence>): Promise<ProbeEvidence> {
    try {
      return await work(this)
    } catch (error) {
      // A case that ran out of time has been counted; anything else broke between the cases.
      if (!this.signal.aborted || this.#failed.length === 0) this.#fail('preparation', error)
      return {}
    }
  }

  async cleanUp(): Promise<void> {
    const closing = this.resources.disposeAsync()
    const failed = closing.catch((error: unknown) => this.#fail('clean-up', error))
    if (!(await endsWithin(this.#clock, failed, CLEAN_UP_MS))) this.#failed.push('clean-up')
  }

  conclude(evidence: ProbeEvidence): Readonly<{ passed: boolean; evidence: ProbeEvidence }> {
    const failed = this.#failed.join(', ')
    const times = { slowestMs: this.#slowestMs, durationMs: this.#clock.monotonicMs() - this.#startedMs }
    const counted = { cases: this.#cases, passed: this.#passed, ...(failed && { failed }) }
    const rounded = Object.entries({ ...evidence, ...counted, ...times }).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 10) / 10 : value,
    ])
    return { passed: this.#cases > 0 && failed === '', evidence: Object.fromEntries(rounded) as ProbeEvidence }
  }

  #fail(name: string, error: unknown): void {
    // Codes and names only: a message may hold anything.
    const cause: unknown = this.signal.aborted ? this.signal.reason : error
    const reason = isServiceError(cause) ? cause.code : cause instanceof Error ? cause.name : typeof cause
    this.#failed.push(`${name} (${reason})`)
  }
}
