import type { Observation } from '@gradvis/base-service'
import type { Reason } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'
import type { TracedCall } from '@gradvis/service-container'
import type { Attributes } from '@opentelemetry/api'

/** The values that the semantic conventions have for `feature_flag.result.reason`. */
type FlagReason = 'default' | 'disabled' | 'split' | 'static' | 'targeting_match'

/** `disabled`: taken out of operation, by whomever. `default`: there was nothing to evaluate yet. */
const FLAG_REASONS = {
  FORCED_LEGACY: 'disabled',
  INCIDENT: 'disabled',
  OVERRIDE: 'static',
  ENVIRONMENT: 'static',
  ROLLED_BACK: 'disabled',
  NOT_STARTED: 'default',
  TARGETING_MATCH: 'targeting_match',
  SPLIT: 'split',
  NO_TARGETING_KEY: 'default',
} as const satisfies Record<Reason, FlagReason>

/**
 * What is known of an attempt when it begins, so that a sampler can go by it. `feature_flag.*` says what was decided,
 * `gradvis.implementation` which side this attempt is of: they differ where legacy rescues. `feature_flag.context.id`,
 * the subject, is left out on purpose.
 */
export function callAttributes(
  service: string,
  implementation: Implementation,
  { name, operation, role, decision }: TracedCall,
): Attributes {
  return {
    'feature_flag.key': service,
    'feature_flag.provider.name': 'gradvis',
    'feature_flag.result.variant': decision.implementation,
    'feature_flag.result.reason': FLAG_REASONS[decision.reason],
    'gradvis.decision.reason': decision.reason,
    'gradvis.service': service,
    'gradvis.implementation': implementation,
    'gradvis.operation': name,
    'gradvis.operation.kind': operation.kind,
    'gradvis.operation.role': role,
  }
}

/** What is known when it has ended. `error.type` is the stable code, also of a refusal. */
export function outcomeAttributes(observation: Observation): Attributes {
  const { outcome, code, attempts, cacheHit, rescued, coalesced, breaker } = observation
  return {
    'gradvis.outcome': outcome,
    'gradvis.attempts': attempts,
    'gradvis.cache.hit': cacheHit,
    'gradvis.rescued': rescued,
    ...(code !== undefined && { 'error.type': code }),
    ...(coalesced !== undefined && { 'gradvis.coalesced': coalesced }),
    ...(breaker !== undefined && { 'gradvis.breaker.state': breaker }),
  }
}
