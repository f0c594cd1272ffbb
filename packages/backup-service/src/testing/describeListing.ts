import { randomUUID } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { storePaths } from '../format/storePaths.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { placeBackup } from './placeBackup.ts'

const day = (number: number) => `2025-01-${String(number).padStart(2, '0')}T08:00:00.000Z`

export function describeListing(name: string, create: CreateBackupService): void {
  describe(`${name}: listing backups`, () => {
    it('lists newest first, by subject and by type', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const [a, b] = [aSubject(), aSubject()]
      const old = await placeBackup(rig.store, { subject: a, createdAt: day(1) })
      const meeting = await placeBackup(rig.store, { subject: a, type: 'meeting', createdAt: day(3) })
      const other = await placeBackup(rig.store, { subject: b, createdAt: day(2) })
      const ids = async (input: Parameters<typeof service.listBackups>[0]) =>
        (await service.listBackups(input)).backups.map(({ id }) => id)
      expect(await ids({})).toEqual([meeting, other, old])
      expect(await ids({ subject: a })).toEqual([meeting, old])
      expect(await ids({ type: 'meeting' })).toEqual([meeting])
      expect(await ids({ subject: b, type: 'meeting' })).toEqual([])
      expect(await ids({ subject: aSubject() })).toEqual([])
    })

    it('gives every backup exactly once over its pages, though others come and go meanwhile', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const placed: string[] = []
      // Three of each time: the order of equal times must hold from page to page.
      for (let index = 0; index < 9; index += 1)
        placed.push(await placeBackup(rig.store, { subject, createdAt: day(1 + Math.floor(index / 3)) }))
      const first = await service.listBackups({ subject, limit: 4 })
      await placeBackup(rig.store, { subject, createdAt: day(20) })
      await service.deleteBackup({ subject, backupId: first.backups[3]!.id })
      const second = await service.listBackups({ subject, limit: 4, cursor: first.nextCursor! })
      const third = await service.listBackups({ subject, limit: 4, cursor: second.nextCursor! })
      expect([first, second, third].map(({ backups }) => backups.length)).toEqual([4, 4, 1])
      const seen = [first, second, third].flatMap(({ backups }) => backups.map(({ id }) => id))
      expect(seen.toSorted()).toEqual(placed.toSorted())
      expect(third.nextCursor).toBeUndefined()
    })

    it('refuses a cursor that it never gave', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      for (const cursor of ['', 'x', Buffer.from('2025 1').toString('base64url')])
        await expect(service.listBackups({ cursor })).rejects.toMatchObject({
          code: 'backup.invalid_cursor',
          fault: 'caller',
          message: expect.stringContaining('Sidmarkören'),
        })
      await expect(service.listBackups({ limit: 0 })).rejects.toMatchObject({ code: 'service.invalid_input' })
    })

    it('lists nothing without a manifest, and counts manifests that can not be read', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      await placeBackup(rig.store, { subject })
      const lone = storePaths(rig.store).backup(subject, randomUUID())
      await writeFile(lone.archive, 'PK')
      await writeFile(lone.manifestPart, '{}')
      const broken = storePaths(rig.store).backup(subject, randomUUID())
      await writeFile(broken.manifest, '{"format":"gradvis.backup"')
      const page = await service.listBackups({ subject })
      expect(page.backups).toHaveLength(1)
      expect(page.unreadableCount).toBe(1)
    })

    it('sees at once that a manifest it has listed was damaged since', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const id = await placeBackup(rig.store, { subject })
      expect((await service.listBackups({ subject })).backups).toHaveLength(1)
      const { manifest } = storePaths(rig.store).backup(subject, id)
      await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('full_backup', 'gull_backup'))
      expect(await service.listBackups({ subject })).toEqual({ backups: [], unreadableCount: 1 })
    })

    it('does not take a backup that was moved to another subject', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const [owner, thief] = [aSubject(), aSubject()]
      const id = await placeBackup(rig.store, { subject: owner })
      await placeBackup(rig.store, { subject: thief })
      const [from, to] = [storePaths(rig.store).backup(owner, id), storePaths(rig.store).backup(thief, id)]
      await cp(from.archive, to.archive)
      await cp(from.manifest, to.manifest)
      expect(await service.listBackups({ subject: thief })).toMatchObject({ unreadableCount: 1 })
      expect(await service.verifyBackup({ subject: thief, backupId: id })).toMatchObject({
        intact: false,
        damage: [{ kind: 'manifest_unreadable' }],
      })
    })
  })
}
