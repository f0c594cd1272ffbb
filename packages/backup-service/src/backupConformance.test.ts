import { createTestContext } from '@gradvis/base-service/testing'
import { describe, expect, it } from 'vitest'

import { createLegacyBackupService } from './legacy/index.ts'
import { createMigratedBackupService } from './migrated/index.ts'
import {
  BackupRig,
  type CreateBackupService,
  describeBackupConformance,
  describeBackupCrossMatrix,
} from './testing/index.ts'

const legacy: CreateBackupService = (options, clock, audit) =>
  createLegacyBackupService(createTestContext({ implementation: 'legacy', clock, audit }), options)
const migrated: CreateBackupService = (options, clock, audit) =>
  createMigratedBackupService(createTestContext({ clock, audit }), options)

describeBackupConformance('legacy', legacy)
describeBackupConformance('migrated', migrated)
describeBackupCrossMatrix({ legacy, migrated })

describe.each([
  ['legacy', createLegacyBackupService],
  ['migrated', createMigratedBackupService],
] as const)('%s: what is logged', (_name, create) => {
  it('names no subject, no folder and no record, also when calls fail', async () => {
    await using rig = await BackupRig.create()
    const context = createTestContext({ clock: rig.clock })
    await rig.writeFiles({ 'hemlig-mapp/hemlig.txt': 'hemligt innehåll' })
    const source = {
      recordTypes: ['meeting'],
      async *records() {
        yield { type: 'meeting', id: 'hemlig-post', body: {} }
        throw new Error('hemlig orsak')
      },
    }
    const service = await rig.start(() => create(context, rig.options({ source })))
    const subject = 'hemlig-person'
    const folder = { kind: 'folder' as const, path: rig.file('hemlig-mapp') }
    const { id } = await service.createBackup({ subject, sources: [folder] })
    await expect(service.createBackup({ subject, sources: [{ kind: 'records' }] })).rejects.toThrow('meeting')
    await expect(
      service.restoreBackup({ subject, backupId: id, target: { kind: 'folder', path: '/hemlig' } }),
    ).rejects.toThrow('återställa dit')
    await service.eraseSubject({ subject })
    await service.stop()
    expect(JSON.stringify(context.logger.lines)).not.toContain('hemlig')
  })
})
