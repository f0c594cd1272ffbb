import { type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'

import { emptyEvidence } from '../evidence/Evidence.ts'
import { gatherEvidence } from '../evidence/gatherEvidence.ts'
import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { judge } from '../judge/judge.ts'
import type { Verdict } from '../judge/Verdict.ts'
import { foldState } from '../state/foldState.ts'
import type { RolloutEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
/** When the production plan's first phase of BackupService begins. */
export const START_MS = Date.parse('2025-01-10T08:00:00Z')

type ServiceData = PlanData['services'][string]

/** The production plan with BackupService only, changed as the case says. */
export function aPlan(
  changes: Partial<PlanData> = {},
  backup: Partial<ServiceData> = {},
  others: Readonly<Record<string, ServiceData>> = {},
): PlanData {
  const { BackupService } = productionFeatureFlags.services
  return {
    ...productionFeatureFlags,
    services: { BackupService: { ...BackupService, ...backup }, ...others },
    ...changes,
  }
}

/** A plan whose first phase has no gate of its own. */
export function ungated(changes: Partial<PlanData> = {}): PlanData {
  return aPlan(changes, {
    phases: [
      {
        name: 'initial',
        start: '2025-01-10T08:00:00Z',
        percentage: 10,
        days: 2,
        errorRateThresholdPercent: 1,
        gate: [],
      },
      { name: 'full', start: '2025-01-12T08:00:00Z', percentage: 100, days: 2, gate: [] },
    ],
  })
}

type Entry = readonly [event: RolloutEvent, at: number, actor?: string]

/** The status that a log leads to: the plan adopted a day before its start, then these events. */
export function statusAfter(plan: PlanData, entries: readonly Entry[] = []): RolloutStatus {
  const revision = plan.revision ?? 1
  const adopted: Entry = [{ type: 'plan_adopted', revision, fingerprint: 'f', plan }, START_MS - DAY_MS]
  return foldState(
    [adopted, ...entries].map(([event, at, actor = 'engine@test'], index) => ({
      sequence: index + 1,
      at,
      actor,
      event,
    })),
  )
}

export function entered(phase: string, percentageBps: number, at: number, service = 'BackupService'): Entry {
  return [{ type: 'phase_entered', service, phase, percentageBps }, at]
}

/** BackupService in its first phase, entered on time. */
export function inFirstPhase(plan: PlanData = aPlan(), more: readonly Entry[] = []): RolloutStatus {
  return statusAfter(plan, [entered('initial', 1000, START_MS), ...more])
}

/** The verdict on one service, from windows gathered in one go. */
export function verdictOn(
  status: RolloutStatus,
  {
    windows = [],
    now,
    service = 'BackupService',
  }: Readonly<{
    windows?: readonly ObservationWindow[]
    now: number
    service?: string
  }>,
): Verdict {
  const evidence = gatherEvidence(emptyEvidence, windows, status)
  const verdict = judge({ status, evidence, now }).find((one) => one.service === service)
  if (verdict === undefined) throw new RangeError(`the plan has no ${service}`)
  return verdict
}
