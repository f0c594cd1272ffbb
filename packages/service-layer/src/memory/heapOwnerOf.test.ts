import { BackupService } from '@gradvis/backup-service'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'
import { describe, expect, it } from 'vitest'

import { heapOwnerOf, isFolderOf } from './heapOwnerOf.ts'

const migratedBackup = { folder: 'backup-service', implementation: 'migrated' }

describe('whose code a script is', () => {
  it.each([
    ['file:///srv/app/packages/backup-service/src/migrated/BackupStore.ts', migratedBackup],
    ['/srv/app/packages/backup-service/src/migrated/BackupStore.ts', migratedBackup],
    ['C:\\app\\packages\\backup-service\\dist\\migrated\\BackupStore.js', migratedBackup],
    ['file:///srv/node_modules/@gradvis/backup-service/dist/migrated/deep/er/BackupStore.js', migratedBackup],
    [
      'file:///srv/node_modules/@gradvis/webrtc-peer-service/dist/legacy/index.js',
      { folder: 'webrtc-peer-service', implementation: 'legacy' },
    ],
  ])('%s belongs to a side of a service', (url, owner) => {
    expect(heapOwnerOf(url)).toEqual(owner)
  })

  it.each([
    'file:///srv/app/packages/backup-service/src/format/ArchiveFormat.ts',
    'file:///srv/app/packages/backup-service/src/migratedNames.ts',
    'file:///srv/app/packages/base-service/src/BaseService.ts',
    'file:///srv/app/packages/backup-service/node_modules/zod/migrated/index.js',
    'file:///srv/node_modules/@other/backup-service/dist/migrated/index.js',
    'node:internal/process/task_queues',
    '',
  ])('%j belongs to none', (url) => {
    expect(heapOwnerOf(url)).toBeUndefined()
  })

  it('finds the folder of each service by its name', () => {
    const folders = ['backup-service', 'network-connectivity-service', 'webrtc-peer-service']
    const services = [BackupService, NetworkConnectivityService, WebRTCPeerService].map(({ contract }) => contract.name)
    for (const [index, folder] of folders.entries())
      expect(services.map((service) => isFolderOf(folder, service))).toEqual(
        services.map((_, other) => other === index),
      )
  })
})
