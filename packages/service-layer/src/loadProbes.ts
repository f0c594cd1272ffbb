import { type Clock, silentLogger } from '@gradvis/kernel'
import { type ServiceContext, type ServiceProbe, silentObserver } from '@gradvis/base-service'
import { BackupService } from '@gradvis/backup-service'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import type { AuditTrail } from '@gradvis/privacy'
import type { Probe } from '@gradvis/rollout'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import { auditTrailProbe } from './audit/auditTrailProbe.ts'

type ProbeEnvironment = Readonly<{ clock: Clock; random: () => number; audit?: AuditTrail | undefined }>

/** Every probe of every service. Imported here, when a rollout starts, and not before. */
export async function loadProbes({ clock, random, audit }: ProbeEnvironment): Promise<readonly Probe[]> {
  const context: ServiceContext = {
    implementation: 'migrated',
    clock,
    random,
    logger: silentLogger,
    observer: silentObserver,
  }
  const [network, webrtc] = await Promise.all([
    import('@gradvis/network-connectivity-service/probes'),
    import('@gradvis/webrtc-peer-service/probes'),
  ])
  return [
    ...of(BackupService.contract.name, [auditTrailProbe(context, audit)]),
    ...of(NetworkConnectivityService.contract.name, network.networkConnectivityProbes(context)),
    ...of(WebRTCPeerService.contract.name, webrtc.webRTCPeerProbes(context)),
  ]
}

function of(service: string, probes: readonly ServiceProbe[]): readonly Probe[] {
  return probes.map(({ id, run }) => ({ service, id, run }))
}
