import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { storePaths, subjectFolderName } from '../format/storePaths.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedSource } from './generatedSource.ts'
import { placeBackup } from './placeBackup.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]
const HOUR_MS = 3_600_000

export function describeRemoving(name: string, create: CreateBackupService): void {
  describe(`${name}: deleting a backup`, () => {
    it('removes it and no other, and may be repeated', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const [gone, stays] = [await placeBackup(rig.store, { subject }), await placeBackup(rig.store, { subject })]
      expect(await service.deleteBackup({ subject, backupId: gone })).toEqual({ deleted: true })
      expect(await service.deleteBackup({ subject, backupId: gone })).toEqual({ deleted: false })
      await expect(service.verifyBackup({ subject, backupId: gone })).rejects.toMatchObject({
        code: 'backup.not_found',
      })
      expect(await service.verifyBackup({ subject, backupId: stays })).toMatchObject({ intact: true })
      expect(await rig.stored()).toHaveLength(2)
    })

    it('leaves the wished state where there never was one, or where it is another subject’s', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const backupId = await placeBackup(rig.store, { subject: aSubject() })
      expect(await service.deleteBackup({ subject: aSubject(), backupId })).toEqual({ deleted: false })
      expect((await service.listBackups({})).backups).toHaveLength(1)
    })
  })

  describe(`${name}: erasing a subject`, () => {
    it('removes everything of the subject, gives a receipt, and may be repeated', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const [subject, other] = [aSubject(), aSubject()]
      await service.createBackup({ subject, sources: ALL_RECORDS })
      await service.createBackup({ subject, type: 'meeting', sources: ALL_RECORDS })
      await writeFile(storePaths(rig.store).backup(subject, randomUUID()).archivePart, 'halv')
      const kept = await service.createBackup({ subject: other, sources: ALL_RECORDS })
      const receipt = await service.eraseSubject({ subject })
      expect(receipt).toMatchObject({ erasedAt: '2025-01-16T08:00:00.000Z', removedBackups: 2 })
      expect(receipt.removedBytes).toBeGreaterThan(1000)
      expect(await service.eraseSubject({ subject })).toMatchObject({ removedBackups: 0, removedBytes: 0 })
      expect((await service.listBackups({})).backups).toEqual([kept])
      const left = Object.entries(await rig.read(rig.store))
      expect(left).toHaveLength(2)
      expect(JSON.stringify(left)).not.toContain(subject)
    })

    it('finishes an erasure that was interrupted', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const paths = storePaths(rig.store)
      await placeBackup(join(rig.root, 'aside'), { subject })
      const aside = storePaths(join(rig.root, 'aside'))
      await rename(aside.subject(subject), join(paths.work, `${subjectFolderName(subject)}.x`))
      expect(await service.eraseSubject({ subject })).toMatchObject({ removedBackups: 1 })
      expect(await readdir(paths.work)).toEqual([])
    })

    it('ends a backup of the subject that is being made', async () => {
      await using rig = await BackupRig.create()
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      const source = {
        recordTypes: ['meeting'],
        async *records() {
          yield { type: 'meeting', id: 'a', body: {} }
          reach()
          await released
        },
      }
      const service = await rig.start(create, { source })
      const subject = aSubject()
      const making = service.createBackup({ subject, sources: ALL_RECORDS })
      const ended = making.catch((error: unknown) => error)
      await reached
      await service.eraseSubject({ subject })
      release()
      expect(await ended).toMatchObject({ code: 'backup.subject_erased', fault: 'caller' })
      expect(await rig.read(rig.store)).toEqual({})
    })
  })

  describe(`${name}: what interrupted calls leave`, () => {
    it('is swept at start when it is old, and left when it may be in use', async () => {
      await using rig = await BackupRig.create()
      const subject = aSubject()
      const kept = await placeBackup(rig.store, { subject })
      const paths = storePaths(rig.store)
      const leave = async (kind: 'archive' | 'archivePart' | 'manifestPart', ageMs: number) => {
        const file = paths.backup(subject, randomUUID())[kind]
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, 'halv')
        const at = (Date.now() - ageMs) / 1000
        await utimes(file, at, at)
        return file
      }
      for (const kind of ['archive', 'archivePart', 'manifestPart'] as const) await leave(kind, 25 * HOUR_MS)
      const young = [await leave('archive', 23 * HOUR_MS), await leave('archivePart', 0)]
      const stranger = join(paths.subject(subject), 'läs-mig.txt')
      await writeFile(stranger, 'inte vår')
      await utimes(stranger, 1, 1)
      await mkdir(join(paths.work, 'begun'), { recursive: true })
      await writeFile(join(paths.work, 'begun/halv.zip'), 'erased at once')
      young.push(join(paths.work, 'policy'))
      await writeFile(join(paths.work, 'policy'), 'another process is writing it')
      await writeFile(join(paths.work, 'policy-part'), 'x')
      await utimes(join(paths.work, 'policy-part'), 1, 1)
      const service = await rig.start(create)
      const left = Object.keys(await rig.read(rig.store)).map((path) => join(rig.store, path))
      const { archive, manifest } = paths.backup(subject, kept)
      expect(left.toSorted()).toEqual([...young, stranger, archive, manifest].toSorted())
      expect((await service.listBackups({})).backups.map(({ id }) => id)).toEqual([kept])
    })

    it('is judged by the age that the owner has set', async () => {
      await using rig = await BackupRig.create()
      const file = storePaths(rig.store).backup(aSubject(), randomUUID()).archivePart
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, 'halv')
      await utimes(file, Date.now() / 1000 - 10, Date.now() / 1000 - 10)
      await rig.start(create, { leftoverMaxAgeMs: 5_000, source: generatedSource() })
      expect(await rig.stored()).toEqual([])
    })
  })
}
