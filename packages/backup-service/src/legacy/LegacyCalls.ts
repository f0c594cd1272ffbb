import {
  type CallOptions,
  type LifecycleState,
  notRunning,
  type OutputOf,
  type ParsedInputOf,
  serviceErrors,
  validate,
} from '@gradvis/base-service'
import type { Clock, ServiceError } from '@gradvis/kernel'

import { backupContract } from '../contract/backupContract.ts'
import type { LegacyJob } from './LegacyBackupConfig.ts'
import { toLegacyServiceError } from './toLegacyServiceError.ts'

type Operations = typeof backupContract.operations

const DRAIN_MS = 30_000

/** Lets calls through to the legacy service while it runs: input, cancellation, errors and drain as the contract has them. */
export class LegacyCalls {
  state: LifecycleState = 'created'
  readonly #clock: Clock
  readonly #inFlight = new Set<Promise<unknown>>()
  readonly #aborter = new AbortController()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  run<Name extends keyof Operations>(
    operation: Name,
    input: unknown,
    options: CallOptions = {},
    work: (input: ParsedInputOf<Operations[Name]>, job: LegacyJob) => Promise<OutputOf<Operations[Name]>>,
  ): Promise<OutputOf<Operations[Name]>> {
    const call = this.#run(operation, input, options, work)
    this.#inFlight.add(call)
    const remove = () => this.#inFlight.delete(call)
    call.then(remove, remove)
    return call
  }

  notRunning(): ServiceError {
    return notRunning(backupContract.name, this.state)
  }

  /** Waits for the calls in flight; cancels those that take too long. */
  async drain(): Promise<void> {
    const giveUp = this.#clock.schedule(DRAIN_MS, () => this.#aborter.abort())
    while (this.#inFlight.size > 0) await Promise.allSettled(this.#inFlight)
    giveUp()
  }

  async #run<Name extends keyof Operations>(
    operation: Name,
    input: unknown,
    { signal, onProgress }: CallOptions,
    work: (input: ParsedInputOf<Operations[Name]>, job: LegacyJob) => Promise<OutputOf<Operations[Name]>>,
  ): Promise<OutputOf<Operations[Name]>> {
    const named = { service: backupContract.name, operation }
    if (this.state !== 'running') throw this.notRunning()
    const parsed = validate(backupContract.operations[operation].input, input)
    if (!parsed.ok) throw serviceErrors.create('invalid_input', { ...named, details: parsed.details })
    const signals = signal ? [signal, this.#aborter.signal] : [this.#aborter.signal]
    const job: LegacyJob = {
      signal: AbortSignal.any(signals),
      onProgress: ({ step, bytes, of }) =>
        onProgress?.({ phase: step, done: bytes, ...(of !== null && { total: of }), unit: 'bytes' }),
    }
    try {
      if (signal?.aborted) throw signal.reason
      return await work(parsed.value as ParsedInputOf<Operations[Name]>, job)
    } catch (error) {
      if (signal?.aborted) throw serviceErrors.create('cancelled', named, { cause: error })
      throw toLegacyServiceError(error, named)
    }
  }
}
