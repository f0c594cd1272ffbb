import { mkdir, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import fc from 'fast-check'

import { DEFAULT_RETENTION, type RetentionPolicy } from '../contract/RetentionPolicy.ts'
import { storePaths } from '../format/storePaths.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { placeBackup } from './placeBackup.ts'
import { retentionTable } from './retentionTable.ts'

const NONE: RetentionPolicy = { daily: 0, weekly: 0, monthly: 0 }

const iso = (moment: string) => `${moment}:00.000Z`

export function describeRetention(name: string, create: CreateBackupService): void {
  describe(`${name}: the retention policy`, () => {
    it('is 7 days, 4 weeks and 12 months until another is set', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      expect(await service.getRetentionPolicy()).toEqual(DEFAULT_RETENTION)
      const policy = { daily: 3, weekly: 0, monthly: 24 }
      expect(await service.setRetentionPolicy(policy)).toEqual(policy)
      expect(await service.setRetentionPolicy(policy)).toEqual(policy)
      expect(await service.getRetentionPolicy()).toEqual(policy)
    })

    it('must keep something', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const empty = {
        code: 'backup.policy_empty',
        fault: 'caller',
        message: expect.stringContaining('Gallringsregeln'),
      }
      await expect(service.setRetentionPolicy(NONE)).rejects.toMatchObject(empty)
      await expect(service.setRetentionPolicy({ ...NONE, daily: -1 })).rejects.toMatchObject({
        code: 'service.invalid_input',
      })
      await writeFile(
        storePaths(rig.store).policy,
        JSON.stringify({ format: 'gradvis.backup-retention', formatVersion: 1, policy: NONE }),
      )
      await expect(service.applyRetention({})).rejects.toMatchObject(empty)
    })

    it('is not replaced by the default when it can not be read', async () => {
      await using rig = await BackupRig.create()
      await mkdir(rig.store)
      for (const text of ['{', '{"daily":1}']) {
        await writeFile(storePaths(rig.store).policy, text)
        const service = await rig.start(create)
        const unreadable = { code: 'backup.policy_unreadable', fault: 'service' }
        await expect(service.getRetentionPolicy()).rejects.toMatchObject(unreadable)
        await expect(service.applyRetention({})).rejects.toMatchObject(unreadable)
        await service.setRetentionPolicy(DEFAULT_RETENTION)
        expect(await service.getRetentionPolicy()).toEqual(DEFAULT_RETENTION)
      }
    })
  })

  describe(`${name}: applying retention`, () => {
    it.each(retentionTable)('$what', async ({ policy, backups }) => {
      await using rig = await BackupRig.create()
      rig.clock.advance(365 * 86_400_000)
      const service = await rig.start(create)
      const subject = aSubject()
      for (const moment of Object.keys(backups)) await placeBackup(rig.store, { subject, createdAt: iso(moment) })
      await service.setRetentionPolicy({ ...NONE, ...policy })
      const { decisions } = await service.applyRetention({})
      const decided = decisions.map(({ createdAt, reasons }) => [createdAt, reasons.join(' ')])
      expect(Object.fromEntries(decided)).toEqual(
        Object.fromEntries(Object.entries(backups).map(([moment, reasons]) => [iso(moment), reasons])),
      )
      const kept = decisions.filter(({ keep }) => keep).map(({ backupId }) => backupId)
      expect((await service.listBackups({ subject })).backups.map(({ id }) => id)).toEqual(kept)
    })

    it('decides for each subject and type alone, and only for those asked for', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await service.setRetentionPolicy({ ...NONE, daily: 1 })
      const [a, b] = [aSubject(), aSubject()]
      for (const subject of [a, b])
        for (const type of ['full_backup', 'meeting'])
          for (const day of ['14', '15'])
            await placeBackup(rig.store, { subject, type, createdAt: iso(`2025-01-${day}T08:00`) })
      expect(await service.applyRetention({ subject: a, type: 'meeting' })).toMatchObject({
        keptCount: 1,
        removedCount: 1,
      })
      expect((await service.listBackups({})).backups).toHaveLength(7)
      const report = await service.applyRetention({})
      expect(report).toMatchObject({ keptCount: 4, removedCount: 3, dryRun: false, policy: { daily: 1 } })
      expect(report.removedBytes).toBeGreaterThan(0)
      expect((await service.listBackups({})).backups).toHaveLength(4)
    })

    it('removes nothing when the clock stands before the newest backup', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await service.setRetentionPolicy({ ...NONE, daily: 2 })
      const subject = aSubject()
      for (const moment of ['2025-01-15T07:00', '2025-01-15T08:00', '2025-01-16T08:01'])
        await placeBackup(rig.store, { subject, createdAt: iso(moment) })
      for (const dryRun of [true, false])
        await expect(service.applyRetention({ dryRun })).rejects.toMatchObject({
          code: 'backup.clock_went_back',
          message: expect.stringContaining('Klockan'),
        })
      expect((await service.listBackups({})).backups).toHaveLength(3)
      rig.clock.advance(60_000)
      expect(await service.applyRetention({})).toMatchObject({ removedCount: 1 })
    })

    it('never removes the newest, does in earnest what the dry run says, and has nothing left to do after', async () => {
      const timeline = fc.array(
        fc.record({ hoursAgo: fc.integer({ min: 0, max: 24 * 90 }), type: fc.constantFrom('full_backup', 'meeting') }),
        { minLength: 1, maxLength: 12 },
      )
      const keep = fc.integer({ min: 0, max: 3 })
      const policies = fc
        .record({ daily: keep, weekly: keep, monthly: keep })
        .filter((policy) => Object.values(policy).some(Boolean))
      await fc.assert(
        fc.asyncProperty(timeline, policies, async (backups, policy) => {
          await using rig = await BackupRig.create()
          const service = await rig.start(create)
          const subject = aSubject()
          for (const { hoursAgo, type } of backups) {
            const createdAt = new Date(rig.clock.now() - hoursAgo * 3_600_000).toISOString()
            await placeBackup(rig.store, { subject, type, createdAt })
          }
          await service.setRetentionPolicy(policy)
          const before = (await service.listBackups({})).backups
          const dry = await service.applyRetention({ dryRun: true })
          expect((await service.listBackups({})).backups).toEqual(before)
          expect(await service.applyRetention({})).toEqual({ ...dry, dryRun: false })
          const after = (await service.listBackups({})).backups
          const keptIds = dry.decisions.filter(({ keep }) => keep).map(({ backupId }) => backupId)
          expect(after.map(({ id }) => id)).toEqual(keptIds)
          for (const type of new Set(backups.map((backup) => backup.type)))
            expect(after.find((backup) => backup.type === type)).toEqual(before.find((backup) => backup.type === type))
          expect(await service.applyRetention({})).toMatchObject({ removedCount: 0, keptCount: after.length })
        }),
        { numRuns: 15 },
      )
    })
  })
}
