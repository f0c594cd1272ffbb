import type { Implementation } from '@gradvis/kernel'

import { type CompiledService, compileService } from './compileService.ts'
import { FLAGS } from './flags.ts'
import { assertFlagTable, type FlagTable } from './FlagTable.ts'
import type { Environment } from './parseEnvironment.ts'
import type { Hash, Plan } from './Plan.ts'
import type { RolloutState } from './RolloutState.ts'
import { unknownService } from './unknownService.ts'

export type SnapshotInputs = Readonly<{
  plan: Plan
  environment: Environment
  /** Epoch milliseconds. */
  now: number
  flags?: FlagTable
  /** What is stored about the running rollout. Absent: the plan's dates alone decide. */
  state?: RolloutState
  /** Test swaps, by service (rule 3). */
  overrides?: Readonly<Record<string, Implementation>>
}>

/** Everything that decisions are taken by, frozen all the way. Replaced whole, never changed. */
export type FlagSnapshot = Readonly<{
  /** Epoch milliseconds that it was made for. */
  now: number
  /** Epoch milliseconds at which the plan's next phase begins, when another snapshot is due. Undefined: never. */
  validUntil: number | undefined
  hash: Hash
  services: Readonly<Record<string, CompiledService>>
}>

/**
 * Compiles plan, environment, time and stored state into a snapshot. The same inputs give the same answers. Throws for
 * a service in `state` or `overrides` that has no flag, and for a percentage that is none.
 */
export function createSnapshot(inputs: SnapshotInputs): FlagSnapshot {
  const { flags = FLAGS, plan, now } = inputs
  assertFlagTable(flags)
  for (const service of namedServices(inputs)) if (!Object.hasOwn(flags, service)) throw unknownService(service, flags)
  const services = Object.entries(flags).map(
    ([service, flag]) => [service, compileService(service, flag, inputs)] as const,
  )
  const boundaries = services.flatMap(([, { nextPhaseMs }]) => nextPhaseMs ?? [])
  return Object.freeze({
    now,
    validUntil: boundaries.length === 0 ? undefined : Math.min(...boundaries),
    hash: plan.hash,
    services: Object.freeze(Object.fromEntries(services)),
  })
}

function namedServices({ state, overrides, environment, plan }: SnapshotInputs): readonly string[] {
  return [state?.services, overrides, environment.overrides, plan.services].flatMap((named) => Object.keys(named ?? {}))
}
