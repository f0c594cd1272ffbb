import { type BackupOptions, BackupService } from '@gradvis/backup-service'
import {
  createMonitoringIntent,
  type NetworkConnectivityOptions,
  NetworkConnectivityService,
} from '@gradvis/network-connectivity-service'
import { registerService, type ServiceRegistration } from '@gradvis/service-container'
import { createSessionDirectory, type WebRTCPeerOptions, WebRTCPeerService } from '@gradvis/webrtc-peer-service'

/** What the three services need of the application. Both sides of a service get the same. */
export type ServiceOptions = Readonly<{
  backup: BackupOptions
  network?: NetworkConnectivityOptions
  webrtc: WebRTCPeerOptions
}>

/** Every service with its two sides, each imported when it is first needed. Deleting a legacy side begins here. */
export function registrationsOf({ backup, network = {}, webrtc }: ServiceOptions): readonly ServiceRegistration[] {
  // What must outlive a change of side is made here, once, and given to both.
  const networkOptions = { monitoring: createMonitoringIntent(), ...network }
  const webrtcOptions = { directory: createSessionDirectory(), ...webrtc }
  return [
    registerService({
      token: BackupService,
      implementations: {
        legacy: async (context) =>
          (await import('@gradvis/backup-service/legacy')).createLegacyBackupService(context, backup),
        migrated: async (context) =>
          (await import('@gradvis/backup-service/migrated')).createMigratedBackupService(context, backup),
      },
    }),
    registerService({
      token: NetworkConnectivityService,
      implementations: {
        legacy: async (context) =>
          (await import('@gradvis/network-connectivity-service/legacy')).createLegacyNetworkConnectivityService(
            context,
            networkOptions,
          ),
        migrated: async (context) =>
          (await import('@gradvis/network-connectivity-service/migrated')).createMigratedNetworkConnectivityService(
            context,
            networkOptions,
          ),
      },
    }),
    registerService({
      token: WebRTCPeerService,
      implementations: {
        legacy: async (context) =>
          (await import('@gradvis/webrtc-peer-service/legacy')).createLegacyWebRTCPeerService(context, webrtcOptions),
        migrated: async (context) =>
          (await import('@gradvis/webrtc-peer-service/migrated')).createMigratedWebRTCPeerService(
            context,
            webrtcOptions,
          ),
      },
    }),
  ]
}
