import { readdir } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import type { ZipEntry } from './buildZip.ts'
import { placeBackup } from './placeBackup.ts'

const GOOD: ZipEntry = { name: 'files/a/hej.txt', content: 'hej' }
const LINK = 0o120777
const DEVICE = 0o020666
const FOLDER = 0o040755

const NAMES = [
  '../ut.txt',
  'files/../../ut.txt',
  '/etc/ut.txt',
  '//server/ut.txt',
  'C:/ut.txt',
  'c:ut.txt',
  'files\\..\\ut.txt',
  'files/a\0.txt',
  'files//a.txt',
  './a.txt',
  'files/a/',
  '',
  `files/${'a'.repeat(256)}`,
]

/** What is in the archive besides the good entry, or instead of it. */
const ARCHIVES: readonly (readonly [string, readonly ZipEntry[], string])[] = [
  ['an entry that the manifest does not list', [GOOD, { name: 'files/a/ut.txt' }], 'entry_unexpected'],
  ['an entry twice', [GOOD, { ...GOOD, content: 'två' }], 'entry_unexpected'],
  ['a link', [{ ...GOOD, mode: LINK, content: '/et' }], 'entry_unsafe'],
  ['a device', [{ ...GOOD, mode: DEVICE }], 'entry_unsafe'],
  ['a folder in a file’s place', [{ ...GOOD, mode: FOLDER }], 'entry_unsafe'],
  ['another name in the local header', [{ ...GOOD, localName: 'files/a/vem.txt' }], 'entry_unsafe'],
  ['an encrypted entry', [{ ...GOOD, encrypted: true }], 'entry_unsafe'],
  ['more bytes than listed', [{ ...GOOD, content: 'hej'.repeat(1000) }], 'entry_changed'],
]

export function describeHostileArchives(name: string, create: CreateBackupService): void {
  describe(`${name}: archives made to do harm`, () => {
    const refusal = async (rig: BackupRig, archive: readonly ZipEntry[], listed: readonly ZipEntry[]) => {
      const service = await rig.start(create)
      const subject = aSubject()
      const backupId = await placeBackup(rig.store, { subject, archive, listed })
      const report = await service.verifyBackup({ subject, backupId })
      await expect(
        service.restoreBackup({ subject, backupId, target: { kind: 'folder', path: rig.restored('a') } }),
      ).rejects.toMatchObject({ code: 'backup.damaged' })
      expect(await readdir(rig.restored())).toEqual([])
      expect(await readdir(rig.root)).toEqual(['files', 'restored', 'store'])
      return report
    }

    it.each(NAMES)('refuses the name %j in the archive', async (hostile) => {
      await using rig = await BackupRig.create()
      const report = await refusal(rig, [GOOD, { name: hostile, content: 'ont' }], [GOOD])
      expect(report).toMatchObject({ intact: false, damage: [{ kind: 'entry_unsafe', path: hostile }] })
    })

    it.each(NAMES)('refuses the name %j in the manifest', async (hostile) => {
      await using rig = await BackupRig.create()
      const entry = { name: hostile, content: 'ont' }
      const report = await refusal(rig, [GOOD, entry], [GOOD, entry])
      expect(report).toMatchObject({ intact: false, damage: [{ kind: 'manifest_unreadable' }] })
    })

    it.each(ARCHIVES)('refuses %s', async (_what, archive, kind) => {
      await using rig = await BackupRig.create()
      const report = await refusal(rig, archive, [GOOD])
      expect(report).toMatchObject({ intact: false, damage: [expect.objectContaining({ kind })] })
    })

    it('refuses a file that is a folder to another', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const archive = [GOOD, { name: `${GOOD.name}/under.txt`, content: 'x' }]
      const backupId = await placeBackup(rig.store, { subject, archive })
      await expect(
        service.restoreBackup({ subject, backupId, target: { kind: 'folder', path: rig.restored('a') } }),
      ).rejects.toMatchObject({ code: 'backup.damaged' })
      expect(await readdir(rig.restored())).toEqual([])
    })

    it('takes names that only look hostile', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const archive = ['files/..a', 'files/a..b/...', 'files/a: b.txt'].map((path) => ({ name: path, content: 'x' }))
      const backupId = await placeBackup(rig.store, { subject, archive })
      await service.restoreBackup({ subject, backupId, target: { kind: 'folder', path: rig.restored('a') } })
      expect(Object.keys(await rig.read(rig.restored('a')))).toEqual(archive.map((entry) => entry.name).toSorted())
    })
  })
}
