import type { PlanData } from '@gradvis/feature-flags'
import {
  emptyEvidence,
  emptyStatus,
  eventsOfCommand,
  foldState,
  gatherEvidence,
  judge,
  type NewEvent,
  type ObservationWindow,
  type RolloutStatus,
  type Verdict,
} from '@gradvis/rollout'

import { type FaultStream, WINDOW_MS, WINDOWS_PER_DAY } from './FaultStream.ts'

const SERVICE = 'BackupService'
const START_MS = Date.parse('2025-01-10T08:00:00Z')

/** A rollout that entered its first phase, with this threshold and length, at `START_MS`; guardrails as by default. */
export function inPhase({ threshold, windows }: Readonly<{ threshold: number; windows: number }>): RolloutStatus {
  const days = windows / WINDOWS_PER_DAY
  const initial = { name: 'initial', start: '2025-01-10T08:00:00Z', percentage: 50, days, gate: [] }
  const plan: PlanData = {
    hash: { id: 'murmur3-32-fractional', version: 2, salt: '' },
    services: { [SERVICE]: { phases: [{ ...initial, errorRateThresholdPercent: threshold * 100 }] } },
  }
  const by = { actor: 'benchmark', at: START_MS }
  const adopted = foldEvents(emptyStatus, eventsOfCommand(emptyStatus, { type: 'adopt-plan', plan }, by))
  return foldEvents(adopted, eventsOfCommand(adopted, { type: 'promote', service: SERVICE }, by))
}

function foldEvents(status: RolloutStatus, events: readonly NewEvent[]): RolloutStatus {
  const stored = events.map((event, index) => Object.assign({ sequence: status.sequence + 1 + index }, event))
  return foldState(stored, status)
}

/** What the engine says after the last of these windows, having seen all of them. */
export function verdictAfter(status: RolloutStatus, windows: readonly ObservationWindow[]): Verdict {
  const now = windows.at(-1)?.endMs ?? START_MS
  const evidence = gatherEvidence(emptyEvidence, windows, status)
  return judge({ status, evidence, now })[0] as Verdict
}

/** The windows of a stream from one index up to and including another, as an instance would have written them. */
export function windowsOf({ operations, faults }: FaultStream, from: number, to: number): ObservationWindow[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => {
    const index = from + offset
    const startMs = START_MS + index * WINDOW_MS
    const call = {
      operations: operations[index] as number,
      faults: faults[index] as number,
      rescued: 0,
      refused: 0,
      cancelled: 0,
      cacheHits: 0,
      codes: {},
    }
    const span = { startMs, endMs: startMs + WINDOW_MS }
    return { instance: 'one', service: SERVICE, implementation: 'migrated', ...span, operations: { call } } as const
  })
}
