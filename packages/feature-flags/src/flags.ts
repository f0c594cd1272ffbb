import type { FlagTable } from './FlagTable.ts'

/** Where a service is added, as error messages name it. */
export const FLAGS_FILE = 'packages/feature-flags/src/flags.ts'

/** Every migrating service: the only place where its flag key and its variable are written. */
export const FLAGS = {
  BackupService: {
    flagKey: 'migrated-backup-service',
    environmentVariable: 'USE_MIGRATED_BACKUP_SERVICE',
    owner: 'Service Layer Migration Team',
    purpose: 'Moves backups from the legacy service to the one built on BaseService.',
    removeBy: '2025-04-17',
  },
  NetworkConnectivityService: {
    flagKey: 'migrated-network-connectivity-service',
    environmentVariable: 'USE_MIGRATED_NETWORK_SERVICE',
    owner: 'Service Layer Migration Team',
    purpose: 'Moves network status and diagnostics from the legacy service to the one built on BaseService.',
    removeBy: '2025-04-19',
  },
  WebRTCPeerService: {
    flagKey: 'migrated-webrtc-peer-service',
    environmentVariable: 'USE_MIGRATED_WEBRTC_PEER_SERVICE',
    owner: 'Service Layer Migration Team',
    purpose: 'Moves WebRTC peers from the legacy service to the one built on MediaBaseService.',
    removeBy: '2025-04-22',
  },
} as const satisfies FlagTable

export type ServiceName = keyof typeof FLAGS
