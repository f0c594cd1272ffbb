import type { ObservationWindow, RolloutStatus, ServiceStatus, StoredEvent } from '@gradvis/rollout'

import { type Comparison, compareSides } from './compareSides.ts'
import { type PercentageChange, percentageChanges } from './percentageChanges.ts'
import { sharedSpans, type Span } from './sharedSpans.ts'
import { spanBeforeRollback } from './spanBeforeRollback.ts'

type RolledBack = Extract<StoredEvent['event'], { type: 'rolled_back' }>

export type ServiceAnalysis = Readonly<{
  service: string
  status: ServiceStatus['status'] | null
  percentageBps: number
  cooldownUntilMs: number | null
  period: Span
  windows: number
  comparison: Comparison
  /**
   * The end of a run that was rolled back, by the windows that overlap it: what came late is a small share of the whole
   * run. Null for any other run.
   */
  beforeRollback: Readonly<{ period: Span; comparison: Comparison }> | null
  lastRollback: Readonly<Pick<StoredEvent, 'sequence' | 'at' | 'actor' | 'reason'> & { event: RolledBack }> | null
}>

/** What differed between the sides of a service, and what its last rollback rested on. */
export function analyseService(
  service: string,
  inputs: Readonly<{
    events: readonly StoredEvent[]
    status: RolloutStatus
    windows: readonly ObservationWindow[]
    period: Span
  }>,
): ServiceAnalysis {
  const { events, status, period } = inputs
  const ofService = inputs.windows.filter((window) => window.service === service)
  const windows = overlapping(ofService, period)
  const changes = percentageChanges(service, events)
  const one = status.services[service]
  return {
    service,
    status: one?.status ?? null,
    percentageBps: one && 'percentageBps' in one ? one.percentageBps : 0,
    cooldownUntilMs: one && 'cooldownUntilMs' in one ? one.cooldownUntilMs : null,
    period,
    windows: windows.length,
    comparison: compareSides(windows, sharedSpans(changes, period.toMs)),
    beforeRollback: beforeRollbackOf(ofService, changes),
    lastRollback: lastRollbackOf(service, events),
  }
}

/** The run that is under way or, after a rollback, the one that it ended: from its first percentage on. */
export function runOf(service: string, events: readonly StoredEvent[], now: number): Span {
  let run: Span | undefined
  for (const { event, at } of events) {
    if (!('service' in event) || event.service !== service) continue
    if (event.type === 'phase_entered' || event.type === 'percentage_set') {
      if (run === undefined || run.toMs !== Infinity) run = { fromMs: at, toMs: Infinity }
    } else if (event.type === 'rolled_back' && run?.toMs === Infinity) run = { ...run, toMs: at }
  }
  const { fromMs, toMs } = run ?? { fromMs: now, toMs: now }
  return { fromMs, toMs: Math.min(now, toMs) }
}

function overlapping(windows: readonly ObservationWindow[], { fromMs, toMs }: Span): readonly ObservationWindow[] {
  return windows.filter(({ startMs, endMs }) => endMs > fromMs && startMs < toMs)
}

function beforeRollbackOf(
  windows: readonly ObservationWindow[],
  changes: readonly PercentageChange[],
): ServiceAnalysis['beforeRollback'] {
  const period = spanBeforeRollback(changes)
  if (period === undefined) return null
  return { period, comparison: compareSides(overlapping(windows, period), sharedSpans(changes, period.toMs)) }
}

function lastRollbackOf(service: string, events: readonly StoredEvent[]): ServiceAnalysis['lastRollback'] {
  const rollbacks = events.flatMap(({ event, sequence, at, actor, reason }) =>
    event.type === 'rolled_back' && event.service === service
      ? [{ sequence, at, actor, ...(reason !== undefined && { reason }), event }]
      : [],
  )
  return rollbacks.at(-1) ?? null
}
