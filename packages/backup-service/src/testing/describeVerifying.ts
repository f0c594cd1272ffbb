import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, truncate, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { storePaths } from '../format/storePaths.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { placeBackup } from './placeBackup.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]

export function describeVerifying(name: string, create: CreateBackupService): void {
  describe(`${name}: verifying a backup`, () => {
    const aBackup = async (rig: BackupRig) => {
      const service = await rig.start(create)
      const { subject, id, contentBytes } = await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })
      return { service, contentBytes, named: { subject, backupId: id } }
    }

    it('finds a whole one whole', async () => {
      await using rig = await BackupRig.create()
      const { service, named, contentBytes } = await aBackup(rig)
      expect(await service.verifyBackup(named)).toEqual({
        backupId: named.backupId,
        intact: true,
        damage: [],
        checkedEntries: 3,
        checkedBytes: contentBytes,
      })
    })

    it('knows no backup of another subject or id', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const missing = { code: 'backup.not_found', fault: 'caller', message: expect.stringContaining('finns inte') }
      await expect(service.verifyBackup({ ...named, subject: aSubject() })).rejects.toMatchObject(missing)
      await expect(service.verifyBackup({ ...named, backupId: randomUUID() })).rejects.toMatchObject(missing)
      await expect(service.verifyBackup({ ...named, backupId: '../x' })).rejects.toMatchObject({
        code: 'service.invalid_input',
      })
    })

    it('finds a flipped bit wherever it is, and restore then writes nothing', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const archive = await rig.only('.zip')
      const whole = await readFile(archive)
      const places = Array.from({ length: 40 }, (_, index) => Math.floor((index * whole.length) / 40))
      for (const place of [...places, whole.length - 1]) {
        const flipped = Buffer.from(whole)
        flipped[place]! ^= 1 << (place % 8)
        await writeFile(archive, flipped)
        const report = await service.verifyBackup(named)
        expect(report.intact, `bit ${place % 8} of byte ${place}`).toBe(false)
        expect(report.damage[0]).toEqual({ kind: 'archive_changed' })
        await expect(
          service.restoreBackup({ ...named, target: { kind: 'application' }, overwrite: true }),
        ).rejects.toMatchObject({ code: 'backup.damaged', fault: 'service' })
      }
      expect(rig.target.recordsOf(named.subject)).toEqual([])
      await expect(
        service.restoreBackup({ ...named, target: { kind: 'folder', path: rig.restored('a') } }),
      ).rejects.toMatchObject({ code: 'backup.damaged' })
      expect(await rig.read(rig.restored())).toEqual({})
    })

    it('names the entry whose bytes have changed', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const backupId = await placeBackup(rig.store, {
        subject,
        archive: [
          { name: 'files/a/a.txt', content: 'a' },
          { name: 'files/a/b.txt', content: 'B' },
        ],
        listed: [
          { name: 'files/a/a.txt', content: 'a' },
          { name: 'files/a/b.txt', content: 'b' },
          { name: 'files/a/c.txt', content: 'c' },
        ],
      })
      expect((await service.verifyBackup({ subject, backupId })).damage).toEqual([
        { kind: 'entry_missing', path: 'files/a/c.txt' },
        { kind: 'entry_changed', path: 'files/a/b.txt' },
      ])
    })

    it('finds an archive that was cut off', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const archive = await rig.only('.zip')
      const { length } = await readFile(archive)
      for (const sizeBytes of [length - 1, Math.floor(length / 2), 0]) {
        await truncate(archive, sizeBytes)
        const { intact, damage } = await service.verifyBackup(named)
        expect(intact).toBe(false)
        expect(damage).toEqual([{ kind: 'archive_changed' }, { kind: 'archive_unreadable' }])
      }
    })

    it('finds that the archive is missing', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      await rm(await rig.only('.zip'))
      expect(await service.verifyBackup(named)).toMatchObject({ intact: false, damage: [{ kind: 'archive_missing' }] })
      expect((await service.listBackups({ subject: named.subject })).backups).toHaveLength(1)
    })

    it('says so when the backup was written in a newer format', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const file = storePaths(rig.store).backup(named.subject, named.backupId).manifest
      const body = { format: 'gradvis.backup', formatVersion: 99 }
      const checksum = createHash('sha256').update(JSON.stringify(body)).digest('hex')
      await writeFile(file, JSON.stringify({ ...body, checksum }))
      const newer = { code: 'backup.unsupported_format', message: expect.stringContaining('formatversion 99') }
      await expect(service.verifyBackup(named)).rejects.toMatchObject(newer)
      await expect(service.restoreBackup({ ...named, target: { kind: 'application' } })).rejects.toMatchObject(newer)
      expect(await service.listBackups({})).toEqual({ backups: [], unreadableCount: 1 })
    })

    it('finds any change of the manifest', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const file = storePaths(rig.store).backup(named.subject, named.backupId).manifest
      const whole = await readFile(file, 'utf8')
      for (const changed of [whole.replace('full_backup', 'meeting'), whole.slice(0, -20), '', 'null', '[]']) {
        await writeFile(file, changed)
        expect(await service.verifyBackup(named)).toMatchObject({ damage: [{ kind: 'manifest_unreadable' }] })
        await expect(service.restoreBackup({ ...named, target: { kind: 'application' } })).rejects.toMatchObject({
          code: 'backup.damaged',
        })
      }
      expect(await service.deleteBackup(named)).toEqual({ deleted: true })
      expect(await rig.stored()).toEqual([])
    })
  })
}
