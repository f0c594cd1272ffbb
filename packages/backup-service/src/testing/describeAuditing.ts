import { randomUUID } from 'node:crypto'

import type { AuditRecord } from '@gradvis/privacy'
import { describe, expect, it } from 'vitest'

import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedSource } from './generatedSource.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]
const TO_APPLICATION = { kind: 'application' as const }
const POLICY = { daily: 1, weekly: 2, monthly: 3 }

type Told = readonly [action: string, subject: string | undefined, details: AuditRecord['details']]

function toldOf({ trail }: BackupRig): readonly Told[] {
  return trail.records.map(({ action, subject, details }) => [action, subject, details])
}

export function describeAuditing(name: string, create: CreateBackupService): void {
  describe(`${name}: the audit trail`, () => {
    it('has one entry of each operation that makes, restores or removes something, of whom and by whom', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const { id: backupId } = await service.createBackup({ subject, sources: ALL_RECORDS }, { actor: 'chair' })
      await service.restoreBackup({ subject, backupId, target: TO_APPLICATION })
      await service.setRetentionPolicy(POLICY)
      await service.applyRetention({ subject, dryRun: true })
      await service.applyRetention({ type: 'full_backup' })
      await service.deleteBackup({ subject, backupId })
      await service.eraseSubject({ subject })
      expect(toldOf(rig)).toEqual([
        ['BackupService.createBackup', subject, { type: 'full_backup' }],
        ['BackupService.restoreBackup', subject, { backupId, target: 'application' }],
        ['BackupService.setRetentionPolicy', undefined, POLICY],
        ['BackupService.applyRetention', subject, { dryRun: true }],
        ['BackupService.applyRetention', undefined, { type: 'full_backup', dryRun: false }],
        ['BackupService.deleteBackup', subject, { backupId }],
        ['BackupService.eraseSubject', subject, undefined],
      ])
      expect(rig.trail.records.map(({ outcome, code, actor }) => [outcome, code, actor])).toEqual([
        ['ok', undefined, 'chair'],
        ...Array.from({ length: 6 }, () => ['ok', undefined, undefined]),
      ])
      expect(new Set(rig.trail.records.map((record) => `${record.service} ${record.implementation}`)).size).toBe(1)
    })

    it('has none of looking', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await service.listBackups({})
      await service.getRetentionPolicy()
      await expect(service.verifyBackup({ subject: aSubject(), backupId: randomUUID() })).rejects.toThrow(Error)
      expect(rig.trail.records).toEqual([])
    })

    it('has the code of what was refused, cancelled or failed', async () => {
      await using rig = await BackupRig.create()
      const source = {
        ...generatedSource(),
        records: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no database')) }) }),
      }
      const service = await rig.start(create, { source })
      const subject = aSubject()
      const missing = { subject, backupId: randomUUID(), target: TO_APPLICATION }
      const calls = [
        () => service.restoreBackup(missing),
        () => service.createBackup({ subject, sources: ALL_RECORDS }),
        () => service.createBackup({ subject, sources: ALL_RECORDS }, { signal: AbortSignal.abort() }),
        () => service.setRetentionPolicy({ daily: 0, weekly: 0, monthly: 0 }),
        () => service.eraseSubject(null as never),
      ]
      for (const call of calls) await expect(call()).rejects.toThrow(Error)
      expect(rig.trail.records.map(({ outcome, code }) => [outcome, code])).toEqual([
        ['refused', 'backup.not_found'],
        ['fault', 'backup.source_failed'],
        ['cancelled', 'service.cancelled'],
        ['refused', 'backup.policy_empty'],
        ['refused', 'service.invalid_input'],
      ])
    })

    it('takes nothing over from an input that is not what it should be', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const anything = { note: 'anything' } as never
      const calls = [
        () => service.createBackup({ subject: anything, type: 'Any Thing', sources: ALL_RECORDS }),
        () => service.restoreBackup({ subject: 'x'.repeat(201), backupId: 'anything', target: anything }),
        () => service.applyRetention({ type: anything, dryRun: anything }),
        () => service.setRetentionPolicy(anything),
      ]
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'service.invalid_input' })
      expect(toldOf(rig)).toEqual([
        ['BackupService.createBackup', undefined, {}],
        ['BackupService.restoreBackup', undefined, {}],
        ['BackupService.applyRetention', undefined, { dryRun: false }],
        ['BackupService.setRetentionPolicy', undefined, {}],
      ])
    })
  })
}
