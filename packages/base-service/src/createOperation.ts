import type { Logger } from '@gradvis/kernel'

import { audited } from './audited.ts'
import { HandlerCall } from './calls/HandlerCall.ts'
import type { InFlight } from './calls/InFlight.ts'
import type { Step } from './calls/Made.ts'
import type { CallOptions } from './CallOptions.ts'
import type { Operation, Session } from './contract/Operation.ts'
import type { ErrorTranslation } from './ErrorTranslation.ts'
import { framesOf } from './framesOf.ts'
import { guardedProgress } from './guardedProgress.ts'
import type { CallAnnotations } from './Observation.ts'
import { observe } from './observe.ts'
import { type Handler, openSession } from './openSession.ts'
import { createResilience } from './policies/createResilience.ts'
import { breakerStateOf, type Dependencies } from './policies/Dependencies.ts'
import type { OperationPolicy } from './policies/OperationPolicy.ts'
import { shareAnswers } from './policies/shareAnswers.ts'
import type { SharedRuns } from './policies/SharedRuns.ts'
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
  runs: SharedRuns
  dependencies: Dependencies
  lifecycle: ServiceLifecycle
  translate: ErrorTranslation
  /** The service does not stop before these have ended. */
  calls: InFlight
  /** The service closes this session when it stops. */
  adopt: (session: Session) => void
}>

type Parts = Readonly<{
  host: OperationHost
  named: Readonly<{ service: string; operation: string }>
  operation: Operation
  logger: Logger
}>

/** The contract's method around a handler. Decision 020 has the order of its parts, and why. */
export function createOperation(
  host: OperationHost,
  name: string,
  operation: Operation,
  handler: Handler,
  policy: OperationPolicy,
): (input?: unknown, options?: CallOptions) => Promise<unknown> {
  const { context, calls, cache, runs, dependencies, lifecycle, translate } = host
  const named = { service: host.service, operation: name }
  const parts: Parts = { host, named, operation, logger: context.logger.child({ operation: name }) }
  const attempts = createResilience(
    {
      policy: operation.kind !== 'session' && operation.idempotent ? policy : { ...policy, maxAttempts: 1 },
      dependencies,
      clock: context.clock,
      random: context.random,
      toServiceError: (error, { cancelled }) => toServiceError(error, { named, lifecycle, translate, cancelled }),
      leaveBehind: (work) => calls.track(work),
    },
    attemptOf(parts, handler),
  )
  const checked: Step = operation.kind === 'session' ? attempts : async (made) => check(parts, await attempts(made))
  const answer = shareAnswers({ operation: name, policy, cache, runs }, checked)
  const breaker = policy.breaker === undefined ? undefined : dependencies.breaker(policy.breaker)
  const atEnd = (annotations: CallAnnotations) => {
    if (breaker) annotations.breaker = breakerStateOf(breaker)
    // A reader who comes after a write must not be given what was read before it.
    if (operation.kind !== 'read') runs.forget()
  }
  return (input, options = {}) =>
    observe(context, named, options.annotations, (annotations) => {
      const call = () => answerOf(parts, answer, { input, options, annotations, atEnd })
      if (!context.audit || !operation.audit) return call()
      const recorded = audited(context, named, operation, { input, options }, call)
      // A service does not stop before the entry is written.
      calls.track(recorded)
      return recorded
    })
}

type Asked = Readonly<{
  input: unknown
  options: CallOptions
  annotations: CallAnnotations
  atEnd: (annotations: CallAnnotations) => void
}>

async function answerOf(parts: Parts, answer: Step, { input, options, annotations, atEnd }: Asked): Promise<unknown> {
  const { host, named, logger } = parts
  const cancelled = options.signal
  const scope = host.calls.begin(cancelled)
  // The attempts of this call, whatever the annotations were used for before.
  annotations.attempts = 1
  try {
    const parsed = admit(parts, input)
    scope.throwIfCancelled()
    const onProgress = guardedProgress(options.onProgress, logger)
    return await answer({ input: parsed, scope, cancelled, annotations, onProgress })
  } catch (error) {
    const { lifecycle, translate } = host
    const failure = toServiceError(error, { named, lifecycle, translate, cancelled })
    if (failure.code === 'service.unexpected')
      logger.error('operation failed unexpectedly', { frames: framesOf(error) })
    throw failure
  } finally {
    atEnd(annotations)
    host.calls.end(scope)
  }
}

function admit({ host, named, operation }: Parts, input: unknown): unknown {
  if (host.lifecycle.state !== 'running') throw host.lifecycle.notRunning()
  const validated = validate(operation.input, input)
  if (!validated.ok) throw serviceErrors.create('invalid_input', { ...named, details: validated.details })
  return validated.value
}

/** The handler as the innermost step. */
function attemptOf(parts: Parts, given: Handler): Step {
  const { host, operation, logger } = parts
  const isSession = operation.kind === 'session'
  const handler = isSession ? openSession(given, (output) => check(parts, output), host.adopt) : given
  return ({ input, scope, annotations, onProgress }) =>
    handler(input, new HandlerCall(scope, annotations.attempts, logger, onProgress))
}

/** The output as the contract has it. Throws `service.invalid_output`. */
function check({ named, operation }: Parts, output: unknown): unknown {
  const validated = validate(operation.output, output)
  if (!validated.ok) throw serviceErrors.create('invalid_output', { ...named, details: validated.details })
  return validated.value
}
