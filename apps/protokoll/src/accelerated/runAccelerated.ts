import { BackupService } from '@gradvis/backup-service'
import type { PlanData } from '@gradvis/feature-flags'
import { type Clock, type Language, sleep } from '@gradvis/kernel'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { RolloutController, RolloutStatus, ScenarioFault, StoredEvent } from '@gradvis/rollout'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import { subjectKey } from '../database/generateRecords.ts'
import type { OpenedStore, Protokoll } from '../startProtokoll.ts'
import { calendarEndMs } from './acceleratePlan.ts'
import { checkBackups } from './checkBackups.ts'
import { FaultInjector } from './faults/FaultInjector.ts'
import { Operator, OPERATOR } from './Operator.ts'
import { outcomeOf, type Summary, summarizeServices } from './Summary.ts'
import type { Tally } from './Tally.ts'
import { serviceLine } from './timeline/serviceLine.ts'
import type { Timeline } from './timeline/Timeline.ts'
import { BackupLedger } from './traffic/BackupLedger.ts'
import { createStreams } from './traffic/createStreams.ts'
import { Requests } from './traffic/Requests.ts'
import { Traffic } from './traffic/Traffic.ts'

const LOOK_EVERY_MS = 200
/** The application goes on for so long after the rollout has ended, so that what it ended with has been seen to work. */
const AFTERGLOW_MS = 3_000
/** So many planned days late, a service is taken to stand still. */
const LATE_DAYS = 5

export type AcceleratedRun = Readonly<{
  protokoll: Protokoll
  rollout: OpenedStore
  /** The accelerated one. */
  plan: PlanData
  factor: number
  faults: readonly ScenarioFault[]
  subjects: number
  tally: Tally
  timeline: Timeline
  language: Language
  clock: Clock
  random: () => number
  signal: AbortSignal
}>

const DAY_MS = 86_400_000

/**
 * Starts the rollout and the traffic, lets the engine run until every service is complete or rolled back (or long
 * overdue), and checks that nothing was lost. Rejects with the signal's reason when it is aborted, after the traffic
 * has ended. What it started besides is stopped with the application.
 */
export async function runAccelerated(run: AcceleratedRun): Promise<Summary> {
  const { protokoll, clock, signal, tally, timeline, rollout } = run
  const { layer, database } = protokoll
  const startedMs = clock.monotonicMs()
  const subjects = Array.from({ length: run.subjects }, (_none, index) => subjectKey(index))
  const [requests, ledger] = [new Requests(), new BackupLedger()]
  const context = { layer, database, subjects, requests, ledger, random: run.random, signal }
  const traffic = new Traffic(createStreams(context), clock)
  await layer.start()
  const log: StoredEvent[] = []
  try {
    traffic.start()
    await watch(run, subjects, log)
  } finally {
    await traffic.stop()
    timeline.close()
  }
  signal.throwIfAborted()
  const backups = await checkBackups({ layer, database, signal }, ledger.entries)
  const { status } = controllerOf(run)
  return {
    outcome: outcomeOf(status),
    durationMs: Math.round(clock.monotonicMs() - startedMs),
    services: summarizeServices(status, log, tally),
    requests: requests.counts,
    backups,
    eventLoop: traffic.lag,
    store: rollout.shown,
  }
}

/** Until the rollout has ended: tells what happens, injects faults, plays the operator. */
async function watch(run: AcceleratedRun, subjects: readonly string[], log: StoredEvent[]): Promise<void> {
  const { clock, signal, plan, factor } = run
  const dayMs = DAY_MS / factor
  const deadlineMs = calendarEndMs(plan) + LATE_DAYS * dayMs
  const operator = new Operator({ plan, clock, language: run.language, patienceMs: dayMs })
  const faults = injectorOf(run, subjects)
  let endedMs: number | undefined
  while (endedMs === undefined || clock.now() < endedMs + AFTERGLOW_MS) {
    await sleep(clock, LOOK_EVERY_MS, signal)
    const controller = controllerOf(run)
    await tell(run, controller, log)
    const incidents = await faults.follow(controller.status.services)
    for (const { service, kind } of incidents)
      await controller.execute(
        { type: 'report-incident', service, kind, severity: 'critical' },
        { actor: OPERATOR, reason: INJECTED[run.language] },
      )
    await operator.look(controller)
    if (endedMs === undefined && (hasEnded(controller.status) || clock.now() > deadlineMs)) endedMs = clock.now()
  }
  await tell(run, controllerOf(run), log)
}

function injectorOf(run: AcceleratedRun, subjects: readonly string[]): FaultInjector {
  const { faults, clock, random, factor, timeline, protokoll } = run
  return new FaultInjector({
    faults,
    clock,
    random,
    factor,
    subjects,
    layer: protokoll.layer,
    tokens: [BackupService, NetworkConnectivityService, WebRTCPeerService],
    onFault: ({ service, kind, value }) => {
      const what = `${service}: ${kind}${value === undefined ? '' : `=${value}`}`
      timeline.note({ sv: `Fel injiceras: ${what}`, en: `Injecting a fault: ${what}` }, clock.now())
    },
  })
}

async function tell(run: AcceleratedRun, controller: RolloutController, log: StoredEvent[]): Promise<void> {
  const { rollout, timeline, language } = run
  const events = await rollout.store.readEvents(log.at(-1)?.sequence ?? 0)
  log.push(...events)
  for (const stored of events) timeline.event(stored)
  const { services } = controller.status
  timeline.progress(
    controller.verdicts.flatMap((verdict) => {
      const status = services[verdict.service]
      return status ? [serviceLine(verdict, status, language)] : []
    }),
  )
}

function hasEnded({ services }: RolloutStatus): boolean {
  const all = Object.values(services)
  return all.length > 0 && all.every(({ status }) => status === 'complete' || status === 'rolled-back')
}

function controllerOf({ protokoll }: AcceleratedRun): RolloutController {
  const { rollout } = protokoll.layer
  if (rollout === undefined) throw new Error('the layer has no rollout, or was not started')
  return rollout
}

const INJECTED = {
  sv: 'Injicerad av demonstrationen.',
  en: 'Injected by the demonstration.',
} as const
