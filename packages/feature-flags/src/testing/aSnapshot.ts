import { createSnapshot, type FlagSnapshot, type SnapshotInputs } from '../createSnapshot.ts'
import { parseEnvironment } from '../parseEnvironment.ts'
import { parsePlan } from '../parsePlan.ts'
import type { PlanData } from '../Plan.ts'
import { productionFeatureFlags } from '../productionFeatureFlags.ts'

type Case = Partial<Omit<SnapshotInputs, 'plan' | 'environment' | 'now'>> &
  Readonly<{ plan?: PlanData; env?: Readonly<Record<string, string>>; at?: string }>

/** Production, in the first phase of BackupService, unless the case says otherwise. */
export function aSnapshot({ plan, env = {}, at = '2025-01-11T00:00:00Z', ...rest }: Case = {}): FlagSnapshot {
  return createSnapshot({
    ...rest,
    plan: parsePlan(plan ?? productionFeatureFlags, rest.flags),
    environment: parseEnvironment(env, rest.flags),
    now: Date.parse(at),
  })
}

/** BackupService held at a percentage of its own, in basis points. */
export function atPercentage(percentageBps: number): FlagSnapshot {
  return aSnapshot({ state: { services: { BackupService: { percentageBps } } } })
}

type TargetingData = NonNullable<PlanData['services'][string]['targeting']>

/** The production plan with target groups for BackupService. */
export function planWithTargeting(targeting: TargetingData): PlanData {
  const { services } = productionFeatureFlags
  return {
    ...productionFeatureFlags,
    services: { ...services, BackupService: { ...services.BackupService, targeting } },
  }
}
