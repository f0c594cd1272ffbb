import { globSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One service of the schedule with the folder that holds both of its sides. */
export type MigratedService = Readonly<{
  /** In names of criteria. */
  key: string
  name: string
  folder: string
  /** Files of the legacy folder that fit legacy to the contract: no part of what was written before. */
  adapters: readonly string[]
}>

export const MIGRATED_SERVICES: readonly MigratedService[] = [
  {
    key: 'backup',
    name: 'BackupService',
    folder: 'packages/backup-service',
    adapters: ['LegacyBackupAdapter.ts', 'LegacyCalls.ts', 'toLegacyServiceError.ts'],
  },
  {
    key: 'network_connectivity',
    name: 'NetworkConnectivityService',
    folder: 'packages/network-connectivity-service',
    adapters: ['LegacyNetworkConnectivityAdapter.ts', 'legacyTranslation.ts'],
  },
  {
    key: 'webrtc_peer',
    name: 'WebRTCPeerService',
    folder: 'packages/webrtc-peer-service',
    adapters: ['LegacySessionAdapter.ts', 'LegacyWebRTCPeerAdapter.ts', 'toServiceError.ts'],
  },
]

/** Where a file of a service belongs when its sides are compared. */
export const SOURCE_PARTS = ['legacy', 'migrated', 'adapter', 'shared'] as const
export type SourcePart = (typeof SOURCE_PARTS)[number]

/** Absolute paths of the service's sources by part. Tests, kits, probes and lists of exports belong to none. */
export function sourcesOf({ folder, adapters }: MigratedService, root: string): Record<SourcePart, readonly string[]> {
  const source = join(root, folder, 'src')
  const paths = globSync('**/*.ts', { cwd: source }).filter(
    (path) => !/\.test\.ts$|^(testing|probes)\//.test(path) && basename(path) !== 'index.ts',
  )
  const partOf = (path: string): SourcePart => {
    if (path.startsWith('migrated/')) return 'migrated'
    if (!path.startsWith('legacy/')) return 'shared'
    return adapters.includes(basename(path)) ? 'adapter' : 'legacy'
  }
  const files = (part: SourcePart) =>
    paths
      .filter((path) => partOf(path) === part)
      .sort()
      .map((path) => join(source, path))
  return { legacy: files('legacy'), migrated: files('migrated'), adapter: files('adapter'), shared: files('shared') }
}
