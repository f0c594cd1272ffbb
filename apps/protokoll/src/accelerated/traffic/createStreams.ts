import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { ServiceLayer } from '@gradvis/service-layer'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import type { ProtokollDatabase } from '../../database/ProtokollDatabase.ts'
import { meet } from '../../demonstration/meet.ts'
import { backupStreams } from './backupStreams.ts'
import type { BackupLedger } from './BackupLedger.ts'
import type { Requests } from './Requests.ts'
import type { Stream } from './Traffic.ts'

export type TrafficContext = Readonly<{
  layer: ServiceLayer
  database: ProtokollDatabase
  subjects: readonly string[]
  requests: Requests
  ledger: BackupLedger
  /** Uniform in [0, 1). */
  random: () => number
  /** Ends meetings that are going on. */
  signal: AbortSignal
}>

/**
 * What users of the application do, dense enough for the gates within an accelerated phase: at 10 % of the subjects an
 * error rate below 0.5 % takes 598 operations in twenty seconds. Cheap reads are the most of it, as in life.
 */
export function createStreams(context: TrafficContext): readonly Stream[] {
  return [...backupStreams(context), ...networkStreams(context), ...peerStreams(context)]
}

function networkStreams({ layer, requests, subjects, random }: TrafficContext): readonly Stream[] {
  const network = layer.get(NetworkConnectivityService)
  const asSomebody = (request: () => Promise<unknown>) => async () => {
    const subject = oneOf(subjects, random)
    await requests.count(() => layer.runAs(subject, request))
  }
  return [
    { perSecond: 150, concurrency: 10, run: asSomebody(() => network.getStatus()) },
    { perSecond: 50, concurrency: 10, run: asSomebody(() => network.isOnline()) },
    { perSecond: 5, concurrency: 2, run: asSomebody(() => network.checkBackend()) },
    { perSecond: 24, concurrency: 4, run: asSomebody(() => network.diagnose()) },
  ]
}

function peerStreams({ layer, requests, subjects, random, signal }: TrafficContext): readonly Stream[] {
  const peers = layer.get(WebRTCPeerService)
  const busy = new Set<number>()
  const meeting = async () => {
    const index = 2 * Math.floor((random() * subjects.length) / 2)
    const [first, second] = [subjects[index], subjects[index + 1]]
    if (busy.has(index) || first === undefined || second === undefined) return
    busy.add(index)
    await requests.count(() => meet(layer, [first, second], signal), signal)
    busy.delete(index)
  }
  const lookAround = async () => {
    const subject = oneOf(subjects, random)
    await requests.count(() => layer.runAs(subject, () => peers.getRoom({ roomId: `room-${subject}` })))
  }
  return [
    { perSecond: 1.5, concurrency: 2, run: meeting },
    { perSecond: 120, concurrency: 10, run: lookAround },
  ]
}

function oneOf(subjects: readonly string[], random: () => number): string {
  return subjects[Math.floor(random() * subjects.length)] as string
}
