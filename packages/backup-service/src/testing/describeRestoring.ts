import { chmod, mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Progress } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import type { RestoreTarget } from '../RestoreTarget.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedRecord, generatedRecords, generatedSource } from './generatedSource.ts'
import { tickingClock } from './tickingClock.ts'

const ALL_RECORDS = [{ kind: 'records' as const }]

export function describeRestoring(name: string, create: CreateBackupService): void {
  describe(`${name}: restoring a backup`, () => {
    const aBackup = async (rig: BackupRig, overrides = {}) => {
      await rig.writeFiles({ 'a/hej.txt': 'hej', 'a/b/c.txt': 'c' })
      await utimes(rig.file('a/hej.txt'), 1_700_000_000, 1_700_000_000)
      const service = await rig.start(create, overrides)
      const sources = [...ALL_RECORDS, { kind: 'folder' as const, path: rig.file('a') }]
      const { id, subject } = await service.createBackup({ subject: aSubject(), sources })
      return { service, named: { subject, backupId: id } }
    }
    const toFolder = (path: string) => ({ target: { kind: 'folder' as const, path } })
    const toApplication = { target: { kind: 'application' as const } }

    it('puts records and files into a new folder, with the times that files had', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      const receipt = await service.restoreBackup({ ...named, ...toFolder(rig.restored('ny')) })
      expect(receipt).toMatchObject({ restoredRecords: 9, restoredFiles: 2, leftOutFiles: 0 })
      const texts = await rig.read(rig.restored('ny'))
      expect(Object.keys(texts)).toEqual([
        'files/a/b/c.txt',
        'files/a/hej.txt',
        'records/meeting.ndjson',
        'records/protocol.ndjson',
        'records/user_settings.ndjson',
      ])
      expect(texts['files/a/hej.txt']).toBe('hej')
      expect((await stat(rig.restored('ny/files/a/hej.txt'))).mtimeMs).toBe(1_700_000_000_000)
      expect(receipt.restoredBytes).toBe(Object.values(texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0))
      expect((await stat(rig.restored('ny'))).mode & 0o777).toBe((await stat(rig.restored())).mode & 0o777)
    })

    it('puts records back into the application and says which files it left out', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      expect(await service.restoreBackup({ ...named, ...toApplication })).toMatchObject({
        restoredRecords: 9,
        restoredFiles: 0,
        leftOutFiles: 2,
      })
      expect(rig.target.recordsOf(named.subject)).toEqual(generatedRecords(named.subject))
    })

    it('leaves a target that is not empty alone, unless it may be replaced', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      await mkdir(rig.restored('full'))
      await writeFile(rig.restored('full/min.txt'), 'min')
      const input = { ...named, ...toFolder(rig.restored('full')) }
      const refused = {
        code: 'backup.target_not_empty',
        fault: 'caller',
        message: expect.stringContaining('inte tomt'),
      }
      await expect(service.restoreBackup(input)).rejects.toMatchObject(refused)
      expect(await rig.read(rig.restored())).toEqual({ 'full/min.txt': 'min' })
      await service.restoreBackup({ ...input, overwrite: true })
      expect(Object.keys(await rig.read(rig.restored('full')))).toHaveLength(5)
      expect(Object.keys(await rig.read(rig.restored())).every((path) => path.startsWith('full/'))).toBe(true)

      const others = [generatedRecord(named.subject, 'meeting', 7), generatedRecord(named.subject, 'ballot', 1)]
      rig.target.put(named.subject, others)
      await expect(service.restoreBackup({ ...named, ...toApplication })).rejects.toMatchObject(refused)
      expect(rig.target.recordsOf(named.subject)).toEqual(others)
      await service.restoreBackup({ ...named, ...toApplication, overwrite: true })
      expect(rig.target.recordsOf(named.subject)).toEqual([others[1], ...generatedRecords(named.subject)])
    })

    it('takes an empty folder', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      await mkdir(rig.restored('tom'))
      await service.restoreBackup({ ...named, ...toFolder(rig.restored('tom')) })
      expect(Object.keys(await rig.read(rig.restored('tom')))).toHaveLength(5)
    })

    it('writes only below the allowed folders', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig, {})
      await symlink(rig.root, rig.restored('ut'))
      await writeFile(rig.restored('fil'), '')
      const elsewhere = [
        '/tmp/x',
        'restored/x',
        rig.file('x'),
        rig.restored(),
        rig.restored('../x'),
        rig.restored('ut/x'),
      ]
      for (const path of [...elsewhere, rig.restored('ut'), rig.restored('fil'), rig.restored('saknas/x')])
        await expect(
          service.restoreBackup({ ...named, ...toFolder(path), overwrite: true }),
          path,
        ).rejects.toMatchObject({ code: 'backup.target_not_allowed', fault: 'caller' })
    })

    it('does not restore over the store', async () => {
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig, { restoreRoots: [rig.root, '/'] })
      for (const path of [rig.store, join(rig.store, 'subjects'), rig.root])
        await expect(
          service.restoreBackup({ ...named, ...toFolder(path), overwrite: true }),
          path,
        ).rejects.toMatchObject({ code: 'backup.target_not_allowed' })
    })

    it('says when the application takes no records, and when there are none', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a.txt': 'a' })
      const { restoreTarget: _target, ...options } = rig.options()
      const without = create(options, rig.clock)
      await without.start()
      const sources = [{ kind: 'folder' as const, path: rig.file() }]
      const { subject, id } = await without.createBackup({ subject: aSubject(), sources })
      const input = { subject, backupId: id, ...toApplication }
      await expect(without.restoreBackup(input)).rejects.toMatchObject({ code: 'backup.target_not_configured' })
      await without.stop()
      const service = await rig.start(create)
      await expect(service.restoreBackup(input)).rejects.toMatchObject({ code: 'backup.nothing_to_restore' })
      await expect(service.restoreBackup({ ...input, subject: aSubject() })).rejects.toMatchObject({
        code: 'backup.not_found',
      })
    })

    it.each([
      ['fails', async () => Promise.reject(new Error('locked'))],
      ['leaves records unread', async () => {}],
      [
        'fails half-way',
        async (_subject: string, _types: readonly string[], records: AsyncIterable<unknown>) => {
          for await (const _record of records) throw new Error('locked')
        },
      ],
    ])('passes on that the application %s', async (_what, replace: RestoreTarget['replace']) => {
      await using rig = await BackupRig.create()
      const restoreTarget = { isEmpty: async () => true, replace }
      const { service, named } = await aBackup(rig, { restoreTarget })
      await expect(service.restoreBackup({ ...named, ...toApplication })).rejects.toMatchObject({
        code: 'backup.target_failed',
        fault: 'service',
      })
    })

    it('reports its progress, the last time as done', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { source: generatedSource(2000) }, tickingClock(rig.clock))
      const { subject, id } = await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })
      const seen: Progress[] = []
      const onProgress = (progress: Progress) => void seen.push(progress)
      await service.restoreBackup({ subject, backupId: id, ...toApplication }, { onProgress })
      expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(['checking', 'restoring'])
      expect(seen.at(-1)).toMatchObject({ phase: 'restoring', unit: 'bytes', done: seen.at(-1)?.total })
    })

    it('changes nothing when the target can not be written', async ({ skip }) => {
      skip(process.getuid?.() === 0, 'root writes everywhere')
      await using rig = await BackupRig.create()
      const { service, named } = await aBackup(rig)
      await chmod(rig.restored(), 0o555)
      await expect(service.restoreBackup({ ...named, ...toFolder(rig.restored('a')) })).rejects.toMatchObject({
        code: 'backup.storage_failed',
        params: { reason: 'EACCES' },
      })
      await chmod(rig.restored(), 0o755)
      expect(await rig.read(rig.restored())).toEqual({})
    })
  })
}
