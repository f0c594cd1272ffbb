import { isServiceError, type Logger, ServiceError } from '@gradvis/kernel'
import { BrokenCircuitError } from 'cockatiel'

import type { Call } from './Call.ts'
import type { CallOptions } from './CallOptions.ts'
import type { Operation, Session } from './contract/Operation.ts'
import type { CallAnnotations } from './Observation.ts'
import { observe } from './observe.ts'
import { type Breakers, createResilience, type Resilience } from './policies/createResilience.ts'
import type { OperationPolicy } from './policies/OperationPolicy.ts'
import type { ServiceCache } from './ServiceCache.ts'
import type { ServiceContext } from './ServiceContext.ts'
import { serviceErrors } from './serviceErrors.ts'
import type { ServiceLifecycle } from './ServiceLifecycle.ts'
import { validate } from './validate.ts'

/** What an operation needs of the service that it belongs to. */
export type OperationHost = Readonly<{
  service: string
  context: ServiceContext
  cache: ServiceCache
  breakers: Breakers
  lifecycle: ServiceLifecycle
  /** The service does not stop before this work has ended. */
  track: (work: Promise<unknown>) => void
  /** The service closes this session when it stops. */
  adopt: (session: Session) => void
}>

type Handler = (input: unknown, call: Call) => Promise<unknown>
type Named = Readonly<{ service: string; operation: string }>

/** The contract's method around a handler: state, input, cache, policies, handler, output, observation; in this order. */
export function createOperation(
  host: OperationHost,
  name: string,
  operation: Operation,
  handler: Handler,
  policy: OperationPolicy,
): (input?: unknown, options?: CallOptions) => Promise<unknown> {
  const named = { service: host.service, operation: name }
  const logger = host.context.logger.child({ operation: name })
  const resilience = createResilience(
    retryable(operation) ? policy : { ...policy, maxAttempts: 1 },
    host.breakers,
    host.context.random,
  )
  return (input, options = {}) =>
    observe(host.context, named, options.annotations, async (annotations) => {
      const parsed = admit(host, named, operation, input)
      const key = policy.cache && `${name}:${JSON.stringify(parsed)}`
      const hit = key === undefined ? undefined : host.cache.get(key)
      annotations.cacheHit = hit !== undefined
      if (hit) return hit.value
      const output = await run({ host, named, logger, resilience, policy, handler }, parsed, options, annotations)
      const answer = operation.kind === 'session' ? adopted(host, output) : checked(named, operation, output)
      if (key !== undefined && policy.cache) host.cache.set(key, answer, policy.cache)
      return answer
    })
}

function retryable(operation: Operation): boolean {
  return operation.kind !== 'session' && operation.idempotent
}

function admit(host: OperationHost, named: Named, operation: Operation, input: unknown): unknown {
  const { state } = host.lifecycle
  if (state !== 'running') throw serviceErrors.create('not_running', { service: named.service, state })
  const validated = validate(operation.input, input)
  if (!validated.ok) throw serviceErrors.create('invalid_input', { ...named, details: validated.details })
  return validated.value
}

function checked(named: Named, operation: Operation, output: unknown): unknown {
  const validated = validate(operation.output, output)
  if (!validated.ok) throw serviceErrors.create('invalid_output', { ...named, details: validated.details })
  return validated.value
}

function adopted(host: OperationHost, output: unknown): unknown {
  if (typeof output === 'object' && output !== null && 'close' in output && 'closed' in output)
    host.adopt(output as Session)
  return output
}

type Run = Readonly<{
  host: OperationHost
  named: Named
  logger: Logger
  resilience: Resilience
  policy: OperationPolicy
  handler: Handler
}>

async function run(
  { host, named, logger, resilience, policy, handler }: Run,
  input: unknown,
  options: CallOptions,
  annotations: CallAnnotations,
) {
  const signal = options.signal ? AbortSignal.any([options.signal, host.lifecycle.signal]) : host.lifecycle.signal
  const reportProgress = options.onProgress ?? (() => {})
  const toServiceError = (error: unknown, timedOut: boolean) =>
    normalize(error, named, signal, timedOut ? policy.timeoutMs : undefined)
  try {
    if (signal.aborted) throw signal.reason
    return await resilience(
      (attemptSignal, attempt) => {
        annotations.attempts = attempt
        const work = handler(input, { signal: attemptSignal, attempt, logger, reportProgress })
        host.track(work)
        return work
      },
      signal,
      toServiceError,
    )
  } catch (error) {
    const failure = toServiceError(error, false)
    if (failure.code === 'service.unexpected')
      logger.error('operation failed unexpectedly', { frames: framesOf(error) })
    throw failure
  }
}

/** Every failure as a ServiceError. What was already one is kept, unless the caller had cancelled. */
function normalize(error: unknown, named: Named, signal: AbortSignal, timeoutMs: number | undefined): ServiceError {
  if (timeoutMs !== undefined) return serviceErrors.create('timed_out', { ...named, timeoutMs }, { cause: error })
  if (isServiceError(error)) return error
  if (signal.aborted) return serviceErrors.create('cancelled', named, { cause: error })
  if (error instanceof BrokenCircuitError) return serviceErrors.create('unavailable', named, { cause: error })
  return serviceErrors.create('unexpected', named, { cause: error })
}

/** Where it failed, without the message: messages of unknown errors may quote personal data. */
function framesOf(error: unknown): readonly string[] {
  const cause = error instanceof ServiceError && error.cause !== undefined ? error.cause : error
  if (!(cause instanceof Error)) return []
  return [cause.name, ...(cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))]
}
