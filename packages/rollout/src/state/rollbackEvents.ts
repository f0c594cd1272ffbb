import type { Verdict } from '../judge/Verdict.ts'
import type { Cause, RolloutEvent } from './RolloutEvent.ts'
import type { RolloutStatus } from './RolloutStatus.ts'

/** Why one service goes back, when, and the verdict it rests on, where there is one. */
type Rollback = Readonly<{ service: string; cause: Cause; at: number; verdict?: Verdict | undefined }>

/**
 * The rollback of a service and of every service that depends on it. Dependents come first, those furthest away before
 * all: at no point in the log does one run migrated on a dependency that has gone back.
 */
export function rollbackEvents(status: RolloutStatus, rollback: Rollback): readonly RolloutEvent[] {
  const { service, cause, at, verdict } = rollback
  const cooldownUntilMs = at + (status.plan?.cooldownMs ?? 0)
  const dependents = dependentsOf(service, status).map((dependent): RolloutEvent => ({
    type: 'rolled_back',
    service: dependent,
    cause: { kind: 'dependency', service },
    cooldownUntilMs,
  }))
  return [...dependents, { type: 'rolled_back', service, cause, cooldownUntilMs, ...(verdict && { verdict }) }]
}

/** Those that have begun. Whoever depends on more stands further out, because dependencies include indirect ones. */
function dependentsOf(service: string, { plan, services }: RolloutStatus): readonly string[] {
  return Object.entries(plan?.services ?? {})
    .filter(([name, { dependsOn }]) => dependsOn.includes(service) && hasBegun(services[name]?.status))
    .toSorted(([, one], [, other]) => other.dependsOn.length - one.dependsOn.length)
    .map(([name]) => name)
}

function hasBegun(status: string | undefined): boolean {
  return status !== undefined && status !== 'waiting' && status !== 'rolled-back'
}
