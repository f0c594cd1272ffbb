import type { Phase, ServicePlan } from '@gradvis/feature-flags'

import type { Evidence, ServiceEvidence } from '../evidence/Evidence.ts'
import { thresholdOf } from '../evidence/thresholdOf.ts'
import type { RolloutStatus, ServiceStatus } from '../state/RolloutStatus.ts'
import { memoryComparison, type MemoryComparison } from './memoryComparison.ts'

/** One service at one moment, with all that a verdict on it rests on. */
export type ServiceCase = Readonly<{
  service: string
  now: number
  status: ServiceStatus
  plan: ServicePlan
  minimumOperations: number
  rollout: RolloutStatus
  /** Undefined before the first phase and after a rollback. */
  phase: Phase | undefined
  threshold: number | undefined
  /** Undefined while no subject is led to the migrated side, and while what was gathered belongs to another percentage. */
  evidence: ServiceEvidence | undefined
  /** The migrated side's, all operations. */
  operations: number
  faults: number
  memory: MemoryComparison | undefined
}>

const WAITING: ServiceStatus = { status: 'waiting', incidents: [], signOffs: {}, probes: {}, observed: [] }

export function serviceCase(
  service: string,
  plan: ServicePlan,
  { status, evidence, now }: Readonly<{ status: RolloutStatus; evidence: Evidence; now: number }>,
): ServiceCase {
  const one = status.services[service] ?? WAITING
  const name = 'phase' in one && one.status !== 'rolled-back' ? one.phase : undefined
  const gathered = evidenceFor(one, evidence.services.get(service))
  const migrated = [...(gathered?.sides.migrated.values() ?? [])]
  return {
    service,
    now,
    status: one,
    plan,
    minimumOperations: status.plan?.minimumOperations ?? 0,
    rollout: status,
    phase: plan.phases.find((phase) => phase.name === name),
    threshold: thresholdOf(plan, name),
    evidence: gathered,
    operations: migrated.reduce((sum, { operations }) => sum + operations, 0),
    faults: migrated.reduce((sum, { faults }) => sum + faults, 0),
    memory: gathered && memoryComparison(gathered.memory),
  }
}

function evidenceFor(one: ServiceStatus, gathered: ServiceEvidence | undefined): ServiceEvidence | undefined {
  const isReached = 'sinceMs' in one && one.percentageBps > 0
  return isReached && gathered?.sinceMs === one.sinceMs ? gathered : undefined
}
