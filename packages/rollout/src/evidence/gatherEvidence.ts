import type { ServicePlan } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'

import type { RolloutStatus, ServiceStatus } from '../state/RolloutStatus.ts'
import { createErrorRateTest, type ErrorRateTest, updateErrorRateTest } from '../statistics/ErrorRateTest.ts'
import { addCounts } from './addCounts.ts'
import { addToSide } from './addToSide.ts'
import type { Evidence, ServiceEvidence, SideEvidence } from './Evidence.ts'
import { addMemory, emptyMemoryEvidence } from './MemoryEvidence.ts'
import type { ObservationWindow } from './ObservationWindow.ts'
import { addRecent, emptyRecentCounts, type Slot, slotOf } from './RecentCounts.ts'
import { thresholdOf } from './thresholdOf.ts'

const MINUTE_MS = 60_000

/**
 * Evidence with more windows, each of which must be given once; from `emptyEvidence` for a reader that begins again.
 * A service whose percentage has changed starts afresh; windows that begin before that are ignored, as are those of
 * services that no migrated traffic reaches. Pure, and cheap: thousands of windows in far less than a second.
 */
export function gatherEvidence(
  evidence: Evidence,
  windows: readonly ObservationWindow[],
  status: RolloutStatus,
): Evidence {
  const byService = Map.groupBy(windows, ({ service }) => service)
  const services = new Map<string, ServiceEvidence>()
  let { unreadable } = evidence
  for (const [service, one] of Object.entries(status.services)) {
    const plan = status.plan?.services[service]
    if (plan === undefined || !('sinceMs' in one)) continue
    const basis = basisOf(evidence.services.get(service), one, plan)
    const added = addWindows(basis, byService.get(service) ?? [])
    services.set(service, added.evidence)
    unreadable += added.unreadable
  }
  return { services, unreadable }
}

type Begun = Extract<ServiceStatus, { sinceMs: number }>

/** What is known so far, as far as it still applies. A plan may have changed what it is judged by. */
function basisOf(before: ServiceEvidence | undefined, one: Begun, plan: ServicePlan): ServiceEvidence {
  const { sinceMs, phase } = one
  const known = before?.sinceMs === sinceMs ? before : undefined
  const migrated = known?.sides.migrated ?? new Map()
  const emptyRecent = emptyRecentCounts(plan.guardrails['error-rate-sustained'].minutes * MINUTE_MS)
  const options = { threshold: thresholdOf(plan, phase), alpha: plan.guardrails['error-rate-early'].alpha }
  return {
    sinceMs,
    test: testFor(options, known?.test, migrated),
    sides: { migrated, legacy: known?.sides.legacy ?? new Map() },
    recent: known?.recent.slotMs === emptyRecent.slotMs ? known.recent : emptyRecent,
    memory: known?.memory ?? { migrated: emptyMemoryEvidence, legacy: emptyMemoryEvidence },
    findings: known?.findings ?? { migrated: new Map(), legacy: new Map() },
  }
}

function testFor(
  { threshold, alpha }: Readonly<{ threshold: number | undefined; alpha: number }>,
  known: ErrorRateTest | undefined,
  migrated: SideEvidence,
): ErrorRateTest | undefined {
  if (threshold === undefined) return undefined
  if (known?.threshold === threshold && known.alpha === alpha) return known
  return updateErrorRateTest(createErrorRateTest({ threshold, alpha }), totalOf(migrated.values()))
}

function addWindows(
  before: ServiceEvidence,
  windows: readonly ObservationWindow[],
): Readonly<{ evidence: ServiceEvidence; unreadable: number }> {
  const since = windows.filter(({ startMs }) => startMs >= before.sinceMs)
  const ours = since.filter(isPossible)
  const impossible = since.length - ours.length
  if (ours.length === 0) return { evidence: before, unreadable: impossible }
  const { migrated = [], legacy = [] } = Object.groupBy(ours, ({ implementation }) => implementation)
  const slots = slotsOf(migrated, before)
  const sides = { migrated: addToSide(before.sides.migrated, migrated), legacy: addToSide(before.sides.legacy, legacy) }
  const evidence = {
    ...before,
    test: before.test && continueTest(before.test, slots),
    sides: { migrated: sides.migrated.side, legacy: sides.legacy.side },
    recent: addRecent(before.recent, slots),
    memory: {
      migrated: addMemory(before.memory.migrated, migrated),
      legacy: addMemory(before.memory.legacy, legacy),
    },
    findings: { migrated: addFindings(before, 'migrated', migrated), legacy: addFindings(before, 'legacy', legacy) },
  }
  return { evidence, unreadable: impossible + sides.migrated.unreadable + sides.legacy.unreadable }
}

function addFindings(
  { findings }: ServiceEvidence,
  side: Implementation,
  windows: readonly ObservationWindow[],
): ReadonlyMap<string, number> {
  const counts = new Map(findings[side])
  for (const window of windows) addCounts(counts, window.findings ?? {})
  return counts
}

/** More faults than operations would be a rate above 1, which no test can take. */
function isPossible({ operations }: ObservationWindow): boolean {
  return Object.values(operations).every((one) => one.faults <= one.operations)
}

function slotsOf(migrated: readonly ObservationWindow[], { recent }: ServiceEvidence): ReadonlyMap<number, Slot> {
  const slots = new Map<number, Slot>()
  for (const { endMs, operations } of migrated) {
    const index = slotOf(endMs, recent)
    const total = totalOf(Object.values(operations))
    const before = slots.get(index)
    slots.set(index, {
      operations: total.operations + (before?.operations ?? 0),
      faults: total.faults + (before?.faults ?? 0),
    })
  }
  return slots
}

/** Slot by slot, in order of time, however many windows came at once: a reader that begins again bets as one that read along. */
function continueTest(test: ErrorRateTest, slots: ReadonlyMap<number, Slot>): ErrorRateTest {
  const ordered = [...slots].sort(([one], [other]) => one - other)
  return ordered.reduce((sofar, [, slot]) => updateErrorRateTest(sofar, slot), test)
}

function totalOf(parts: Iterable<Slot>): Slot {
  let [operations, faults] = [0, 0]
  for (const part of parts) {
    operations += part.operations
    faults += part.faults
  }
  return { operations, faults }
}
