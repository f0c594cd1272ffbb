import { bucketOf } from './bucketOf.ts'
import type { CompiledService } from './compileService.ts'
import type { FlagSnapshot } from './createSnapshot.ts'
import type { Decision } from './Decision.ts'
import type { Subject } from './Subject.ts'
import { unknownService } from './unknownService.ts'

/**
 * Which implementation serves a subject, and why. Pure and synchronous; allocates nothing: equal decisions are the same
 * object. Throws `flags.unknown_service` for a service that the snapshot's flag table does not have.
 */
export function decide(snapshot: FlagSnapshot, service: string, subject?: Subject): Decision {
  return decideWith(compiledService(snapshot, service), subject)
}

/** `decide` for a service that was looked up before, of the same snapshot. */
export function decideWith(compiled: CompiledService, subject?: Subject): Decision {
  const { settled, targetGroups, decisions } = compiled
  if (settled !== undefined) return settled
  if (subject === undefined) return decisions.noTargetingKey
  if (targetGroups !== undefined) {
    const group = targetGroups(subject)
    if (group !== undefined) return decisions.targeted[group]
  }
  const key = subject.targetingKey
  if (key === undefined || key === '') return decisions.noTargetingKey
  return bucketOf(compiled.prefix, key) < compiled.percentageBps ? decisions.migrated : decisions.legacy
}

/** Throws `flags.unknown_service`. */
export function compiledService(snapshot: FlagSnapshot, service: string): CompiledService {
  const compiled = snapshot.services[service]
  // Names like `constructor` find something that is no service; comparing is faster than `Object.hasOwn`.
  if (compiled?.service !== service) throw unknownService(service, snapshot.services)
  return compiled
}
