import type { Implementation } from '@gradvis/kernel'
import type { RolloutStatus, ServiceStatus, StoredEvent } from '@gradvis/rollout'

import type { BackupCheck } from './checkBackups.ts'
import type { Tally, TallyCounts } from './Tally.ts'
import type { RequestCounts } from './traffic/Requests.ts'
import type { LagReport } from './traffic/Traffic.ts'

/** How a phase came about: on evidence, or by an operator's hand, with the recorded reason. */
export type EnteredPhase = Readonly<{
  phase: string
  percentage: number
  at: number
  by: 'evidence' | 'hand'
  reason?: string
}>

export type ServiceSummary = Readonly<{
  status: ServiceStatus['status']
  phases: readonly EnteredPhase[]
  /** The last event that took the service back. */
  rolledBack?: StoredEvent
  sides: Readonly<Record<Implementation, TallyCounts>>
}>

export type Outcome = 'complete' | 'rolled-back' | 'held'

export type Summary = Readonly<{
  /** `held`: a service is neither complete nor rolled back, long after its time. */
  outcome: Outcome
  durationMs: number
  services: Readonly<Record<string, ServiceSummary>>
  requests: RequestCounts
  backups: BackupCheck
  eventLoop: LagReport
  /** Where the log is, for people; absent where it goes with the application. */
  store?: string
}>

export function outcomeOf({ services }: RolloutStatus): Outcome {
  const all = Object.values(services)
  if (all.some(({ status }) => status === 'rolled-back')) return 'rolled-back'
  return all.every(({ status }) => status === 'complete') ? 'complete' : 'held'
}

/** Per service, from the whole log of the demonstration. */
export function summarizeServices(
  status: RolloutStatus,
  log: readonly StoredEvent[],
  tally: Tally,
): Summary['services'] {
  const services = Object.entries(status.services).map(([service, { status }]) => {
    const events = log.filter(({ event }) => 'service' in event && event.service === service)
    const rolledBack = events.findLast(({ event }) => event.type === 'rolled_back')
    const sides = { legacy: tally.of(service, 'legacy'), migrated: tally.of(service, 'migrated') }
    const phases = events.flatMap((stored) => enteredBy(stored) ?? [])
    return [service, { status, phases, ...(rolledBack && { rolledBack }), sides }] as const
  })
  return Object.fromEntries(services)
}

function enteredBy({ event, at, actor, reason }: StoredEvent): EnteredPhase | undefined {
  if (event.type !== 'phase_entered') return undefined
  const by = actor.startsWith('engine@') ? 'evidence' : 'hand'
  const { phase, percentageBps } = event
  return { phase, percentage: percentageBps / 100, at, by, ...(reason !== undefined && { reason }) }
}
