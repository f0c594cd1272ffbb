import { FLAGS } from '@gradvis/feature-flags'
import type { RolloutStatus } from '@gradvis/rollout'

import { cliErrors } from '../cliErrors.ts'
import { didYouMean } from './didYouMean.ts'
import { nearestOf } from './nearestOf.ts'

/** The services that a rollout has; before a plan was adopted, those that have a flag. */
export function servicesOf({ plan }: Pick<RolloutStatus, 'plan'>): readonly string[] {
  return Object.keys(plan?.services ?? FLAGS)
}

/**
 * The service that a name, or an unambiguous beginning of one, stands for, whatever its case. Throws
 * `cli.ambiguous_service`, or `cli.unknown_service` with the nearest name.
 */
export function resolveService(typed: string, services: readonly string[]): string {
  const wanted = typed.toLowerCase()
  const exact = services.find((service) => service.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const candidates = services.filter((service) => service.toLowerCase().startsWith(wanted))
  if (candidates.length > 1)
    throw cliErrors.create('ambiguous_service', { name: typed, candidates: candidates.join(', ') })
  const [only] = candidates
  if (only !== undefined) return only
  const hint = didYouMean(nearestOf(typed, services))
  throw cliErrors.create('unknown_service', { name: typed, hint, known: services.join(', ') })
}
