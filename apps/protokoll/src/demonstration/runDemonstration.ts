import { BackupService } from '@gradvis/backup-service'
import type { AnyServiceToken } from '@gradvis/base-service'
import type { Reason } from '@gradvis/feature-flags'
import type { Implementation } from '@gradvis/kernel'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { ServiceLayer } from '@gradvis/service-layer'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'
import { backUpAndRestore } from './backUpAndRestore.ts'
import { mapConcurrently } from './mapConcurrently.ts'
import { meet } from './meet.ts'
import { probeNetwork } from './probeNetwork.ts'
import type { Report, ServiceReport } from './Report.ts'

const SERVICES = [
  BackupService,
  NetworkConnectivityService,
  WebRTCPeerService,
] as const satisfies readonly AnyServiceToken[]

export type DemonstrationStep = 'backing_up' | 'probing' | 'meeting'

export type Demonstration = Readonly<{
  layer: ServiceLayer
  database: ProtokollDatabase
  subjects: readonly string[]
  /** Told what is being done, for people who wait. */
  onProgress: (step: DemonstrationStep, count: number) => void
  /** Ends the demonstration between two subjects: none is left without its records. */
  signal?: AbortSignal
}>

/** Every subject backs up, verifies and restores, probes the network, and meets its neighbour. Rejects at a failure. */
export async function runDemonstration({
  layer,
  database,
  subjects,
  onProgress,
  signal,
}: Demonstration): Promise<Report> {
  onProgress('backing_up', subjects.length)
  await mapConcurrently(subjects, 4, (subject) => backUpAndRestore(layer, database, subject), signal)
  onProgress('probing', subjects.length)
  // One after the other: callers at the same time would share one round of probes.
  await mapConcurrently(subjects, 1, (subject) => probeNetwork(layer, subject), signal)
  onProgress('meeting', Math.floor(subjects.length / 2))
  await mapConcurrently(pairsOf(subjects), 16, (pair) => meet(layer, pair), signal)
  return {
    services: Object.fromEntries(SERVICES.map((token) => [token.contract.name, reportOn(layer, token, subjects)])),
  }
}

function pairsOf(subjects: readonly string[]): readonly (readonly [string, string])[] {
  return subjects.flatMap((subject, index) => {
    const other = subjects[index + 1]
    return index % 2 === 0 && other !== undefined ? [[subject, other] as const] : []
  })
}

function reportOn(layer: ServiceLayer, token: AnyServiceToken, subjects: readonly string[]): ServiceReport {
  const decisions = subjects.map((subject) => layer.explain(token, subject).decision)
  const totals = layer.totals.of(token.contract.name)
  const on = (side: Implementation) => ({
    subjects: decisions.filter(({ implementation }) => implementation === side).length,
    ...totals[side],
  })
  const reasons: Partial<Record<Reason, number>> = {}
  for (const { reason } of decisions) reasons[reason] = (reasons[reason] ?? 0) + 1
  return { legacy: on('legacy'), migrated: on('migrated'), reasons }
}
