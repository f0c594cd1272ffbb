import { randomUUID } from 'node:crypto'
import { mkdir, rename, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { storePaths, subjectFolderName } from '../format/storePaths.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedRecords } from './generatedSource.ts'
import { placeBackup } from './placeBackup.ts'

type Sides = Readonly<Record<'legacy' | 'migrated', CreateBackupService>>

const DIRECTIONS = [
  ['legacy', 'migrated'],
  ['migrated', 'legacy'],
] as const

const DAY_MS = 86_400_000

/** Whatever one side wrote or began, the other lists, reads, continues and removes: a rollback loses nothing. */
export function describeBackupCrossMatrix(sides: Sides): void {
  describe.each(DIRECTIONS)('BackupService: %s wrote, %s goes on', (writer, reader) => {
    const aBackup = async (rig: BackupRig) => {
      await rig.writeFiles({ 'a/möte.txt': 'åäö', 'a/tom': '' })
      const before = await rig.start(sides[writer])
      const sources = [{ kind: 'records' as const }, { kind: 'folder' as const, path: rig.file('a') }]
      const backup = await before.createBackup({ subject: aSubject(), type: 'meeting', sources })
      await before.stop()
      return { backup, sources, named: { subject: backup.subject, backupId: backup.id } }
    }

    it('lists it as it was, and finds it whole', async () => {
      await using rig = await BackupRig.create()
      const { backup, named } = await aBackup(rig)
      const after = await rig.start(sides[reader])
      expect(await after.listBackups({ subject: backup.subject, type: 'meeting' })).toEqual({
        backups: [backup],
        unreadableCount: 0,
      })
      expect(await after.verifyBackup(named)).toMatchObject({ intact: true, checkedBytes: backup.contentBytes })
    })

    it('restores it to a folder and into the application', async () => {
      await using rig = await BackupRig.create()
      const { named } = await aBackup(rig)
      const after = await rig.start(sides[reader])
      await after.restoreBackup({ ...named, target: { kind: 'folder', path: rig.restored('a') } })
      expect(await rig.read(rig.restored('a/files'))).toEqual({ 'a/möte.txt': 'åäö', 'a/tom': '' })
      await after.restoreBackup({ ...named, target: { kind: 'application' } })
      expect(rig.target.recordsOf(named.subject)).toEqual(generatedRecords(named.subject))
    })

    it('makes an equal archive of equal content', async () => {
      await using rig = await BackupRig.create()
      const { backup, sources } = await aBackup(rig)
      const after = await rig.start(sides[reader])
      const { archiveSha256 } = await after.createBackup({ subject: backup.subject, sources })
      expect(archiveSha256).toBe(backup.archiveSha256)
    })

    it('sees at once what the other does while both run', async () => {
      await using rig = await BackupRig.create()
      const [one, other] = [await rig.start(sides[writer]), await rig.start(sides[reader])]
      const subject = aSubject()
      const ids = async () => (await other.listBackups({ subject })).backups.map(({ id }) => id)
      expect(await ids()).toEqual([])
      const first = await one.createBackup({ subject, sources: [{ kind: 'records' }] })
      expect(await ids()).toEqual([first.id])
      rig.clock.advance(1000)
      const second = await one.createBackup({ subject, sources: [{ kind: 'records' }] })
      expect(await ids()).toEqual([second.id, first.id])
      await one.deleteBackup({ subject, backupId: first.id })
      expect(await ids()).toEqual([second.id])
      await one.eraseSubject({ subject })
      expect(await ids()).toEqual([])
    })

    it('goes on with the next page of a list', async () => {
      await using rig = await BackupRig.create()
      const subject = aSubject()
      for (let index = 0; index < 4; index += 1) await placeBackup(rig.store, { subject })
      const [one, other] = [await rig.start(sides[writer]), await rig.start(sides[reader])]
      const whole = await one.listBackups({ subject })
      const first = await one.listBackups({ subject, limit: 3 })
      const second = await other.listBackups({ subject, limit: 3, cursor: first.nextCursor! })
      expect([...first.backups, ...second.backups]).toEqual(whole.backups)
    })

    it('follows the retention policy that was set, with the same decisions', async () => {
      await using rig = await BackupRig.create()
      const [one, other] = [await rig.start(sides[writer]), await rig.start(sides[reader])]
      const subject = aSubject()
      for (let day = 0; day < 40; day += 1) {
        const createdAt = new Date(rig.clock.now() - day * 1.7 * DAY_MS).toISOString()
        await placeBackup(rig.store, { subject, createdAt })
      }
      await one.setRetentionPolicy({ daily: 3, weekly: 2, monthly: 2 })
      expect(await other.getRetentionPolicy()).toEqual({ daily: 3, weekly: 2, monthly: 2 })
      const planned = await one.applyRetention({ dryRun: true })
      expect(await other.applyRetention({})).toEqual({ ...planned, dryRun: false })
      expect((await one.listBackups({ subject })).backups).toHaveLength(planned.keptCount)
    })

    it('removes and erases it', async () => {
      await using rig = await BackupRig.create()
      const { named, backup } = await aBackup(rig)
      const after = await rig.start(sides[reader])
      expect(await after.deleteBackup(named)).toEqual({ deleted: true })
      expect(await rig.stored()).toEqual([])
      await placeBackup(rig.store, { subject: backup.subject })
      expect(await after.eraseSubject({ subject: backup.subject })).toMatchObject({ removedBackups: 1 })
      expect(await rig.read(rig.store)).toEqual({})
    })

    it('clears away what an interrupted one left', async () => {
      await using rig = await BackupRig.create()
      const { backup, named } = await aBackup(rig)
      const paths = storePaths(rig.store)
      const { archive, manifest } = paths.backup(backup.subject, backup.id)
      const [first, second] = [randomUUID(), randomUUID()].map((id) => paths.backup(backup.subject, id))
      // Killed before the manifest had its name, and in the middle of an erasure.
      await writeFile(first!.archive, 'PK')
      await writeFile(second!.archivePart, 'PK')
      const hoursAgo = Date.now() / 1000 - 100 * 3600
      for (const file of [first!.archive, second!.archivePart]) await utimes(file, hoursAgo, hoursAgo)
      const gone = aSubject()
      await placeBackup(rig.store, { subject: gone })
      const half = join(paths.work, `${subjectFolderName(gone)}.${randomUUID()}`)
      await mkdir(dirname(half), { recursive: true })
      await rename(paths.subject(gone), half)
      const after = await rig.start(sides[reader])
      expect(Object.keys(await rig.read(rig.store)).map((path) => join(rig.store, path))).toEqual(
        [archive, manifest].toSorted(),
      )
      expect(await after.verifyBackup(named)).toMatchObject({ intact: true })
    })
  })
}
