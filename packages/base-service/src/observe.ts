import { isServiceError } from '@gradvis/kernel'

import type { CallAnnotations, Outcome } from './Observation.ts'
import type { ServiceContext } from './ServiceContext.ts'

type Named = Readonly<{ service: string; operation: string }>

/**
 * Runs one call and records it. A router that records calls itself hands in `annotations`: then they are filled and
 * nothing is recorded here, so that no call is counted twice.
 */
export async function observe<T>(
  context: ServiceContext,
  named: Named,
  given: CallAnnotations | undefined,
  call: (annotations: CallAnnotations) => Promise<T>,
): Promise<T> {
  if (given) return call(given)
  const annotations: CallAnnotations = { attempts: 1, cacheHit: false }
  const startedMs = context.clock.monotonicMs()
  let outcome: Outcome = 'ok'
  let code: string | undefined
  try {
    return await call(annotations)
  } catch (error) {
    outcome = outcomeOf(error)
    code = isServiceError(error) ? error.code : 'service.unexpected'
    throw error
  } finally {
    // Field by field: spreads of the same take longer than all the rest of this function.
    context.observer.record({
      service: named.service,
      implementation: context.implementation,
      operation: named.operation,
      outcome,
      code,
      durationMs: context.clock.monotonicMs() - startedMs,
      role: 'primary',
      rescued: false,
      attempts: annotations.attempts,
      cacheHit: annotations.cacheHit,
      coalesced: annotations.coalesced,
      breaker: annotations.breaker,
    })
  }
}

/** How a failure counts. Only a `fault` is the service's own. */
export function outcomeOf(error: unknown): Exclude<Outcome, 'ok'> {
  if (!isServiceError(error)) return 'fault'
  if (error.code === 'service.cancelled') return 'cancelled'
  return error.fault === 'service' ? 'fault' : 'refused'
}
