import type { Logger } from '@gradvis/kernel'

import { audited } from './audited.ts'
import type { CallOptions } from './CallOptions.ts'
import type { Operation, Session } from './contract/Operation.ts'
import { framesOf } from './framesOf.ts'
import { guardedProgress } from './guardedProgress.ts'
import { linkSignals } from './linkSignals.ts'
import type { CallAnnotations } from './Observation.ts'
import { observe } from './observe.ts'
import { type Handler, openSession } from './openSession.ts'
import { type Breakers, createResilience, type Resilience } from './policies/createResilience.ts'
import type { OperationPolicy } from './policies/OperationPolicy.ts'
import type { ServiceCache } from './ServiceCache.ts'
import type { ServiceContext } from './ServiceContext.ts'
import { serviceErrors } from './serviceErrors.ts'
import type { ServiceLifecycle } from './ServiceLifecycle.ts'
import { toServiceError } from './toServiceError.ts'
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

type Parts = Readonly<{
  host: OperationHost
  named: Readonly<{ service: string; operation: string }>
  operation: Operation
  handler: Handler
  policy: OperationPolicy
  resilience: Resilience
  logger: Logger
}>

/** The contract's method around a handler: state, input, cache, policies, handler, output, observation; in this order. */
export function createOperation(
  host: OperationHost,
  name: string,
  operation: Operation,
  handler: Handler,
  policy: OperationPolicy,
): (input?: unknown, options?: CallOptions) => Promise<unknown> {
  const named = { service: host.service, operation: name }
  const { clock, random } = host.context
  const retried = operation.kind !== 'session' && operation.idempotent
  const parts: Parts = {
    host,
    named,
    operation,
    handler:
      operation.kind === 'session' ? openSession(handler, (output) => check(parts, output), host.adopt) : handler,
    policy,
    resilience: createResilience({
      policy: retried ? policy : { ...policy, maxAttempts: 1 },
      breakers: host.breakers,
      clock,
      random,
    }),
    logger: host.context.logger.child({ operation: name }),
  }
  return (input, options = {}) =>
    observe(host.context, named, options.annotations, (annotations) => {
      const answer = audited(host.context, named, operation, { input, options }, () =>
        answerOf(parts, input, options, annotations),
      )
      // The whole call and not only its attempts: a service must not stop between two of them.
      host.track(answer)
      return answer
    })
}

async function answerOf(parts: Parts, input: unknown, options: CallOptions, annotations: CallAnnotations) {
  using linked = linkSignals(options.signal, parts.host.lifecycle.signal)
  try {
    const parsed = admit(parts, input)
    linked.signal.throwIfAborted()
    return await fromCache(parts, parsed, annotations, () => run(parts, parsed, options, linked.signal, annotations))
  } catch (error) {
    const { named, host } = parts
    const failure = toServiceError(error, { named, lifecycle: host.lifecycle, cancelled: options.signal })
    if (failure.code === 'service.unexpected')
      parts.logger.error('operation failed unexpectedly', { frames: framesOf(error) })
    throw failure
  }
}

function admit({ host, named, operation }: Parts, input: unknown): unknown {
  if (host.lifecycle.state !== 'running') throw host.lifecycle.notRunning()
  const validated = validate(operation.input, input)
  if (!validated.ok) throw serviceErrors.create('invalid_input', { ...named, details: validated.details })
  return validated.value
}

async function fromCache(
  { host: { cache }, named, policy }: Parts,
  input: unknown,
  annotations: CallAnnotations,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  if (!policy.cache) return answer()
  const key = `${named.operation}:${JSON.stringify(input)}`
  const hit = cache.get(key)
  annotations.cacheHit = hit !== undefined
  if (hit) return hit.value
  const { version } = cache
  const fresh = await answer()
  // What was read before an invalidation may be what the invalidation was about.
  if (cache.version === version) cache.set(key, fresh, policy.cache)
  return fresh
}

async function run(
  parts: Parts,
  input: unknown,
  { signal: cancelled, onProgress }: CallOptions,
  signal: AbortSignal,
  annotations: CallAnnotations,
) {
  const { host, named, handler, logger, operation, policy, resilience } = parts
  const call = { named, lifecycle: host.lifecycle, cancelled }
  const reportProgress = guardedProgress(onProgress, logger)
  const output = await resilience(
    (attemptSignal, attempt) => {
      annotations.attempts = attempt
      const work = handler(input, { signal: attemptSignal, attempt, logger, reportProgress })
      host.track(work)
      return work
    },
    signal,
    (error, timedOut) => toServiceError(error, call, timedOut ? policy.timeoutMs : undefined),
  )
  return operation.kind === 'session' ? output : check(parts, output)
}

/** The output as the contract has it. Throws `service.invalid_output`. */
function check({ named, operation }: Parts, output: unknown): unknown {
  const validated = validate(operation.output, output)
  if (!validated.ok) throw serviceErrors.create('invalid_output', { ...named, details: validated.details })
  return validated.value
}
