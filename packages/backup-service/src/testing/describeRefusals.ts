import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { appendFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

import { backupErrors } from '../backupErrors.ts'
import type { BackupSource } from '../BackupSource.ts'
import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedSource } from './generatedSource.ts'
import { openFilesBelow } from './openFilesBelow.ts'
import { tickingClock } from './tickingClock.ts'

const run = promisify(execFile)
const ALL_RECORDS = [{ kind: 'records' as const }]
const folder = (path: string) => [{ kind: 'folder' as const, path }]

export function describeRefusals(name: string, create: CreateBackupService): void {
  describe(`${name}: a backup that can't be made`, () => {
    it('refuses invalid input in Swedish, by the fault of the caller', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const invalid = { code: 'service.invalid_input', fault: 'caller', message: expect.stringMatching(/Ogiltig/) }
      await expect(service.createBackup({ subject: '', sources: ALL_RECORDS })).rejects.toMatchObject(invalid)
      await expect(service.createBackup({ subject: 'a', sources: [] })).rejects.toMatchObject(invalid)
      await expect(service.createBackup({ subject: 'a', type: '../b', sources: ALL_RECORDS })).rejects.toMatchObject(
        invalid,
      )
      await expect(service.createBackup({ subject: 'a', sources: folder('a\0b') })).rejects.toMatchObject(invalid)
      await expect(service.createBackup({ subject: 'a' } as never)).rejects.toMatchObject(invalid)
      await expect(service.createBackup(null as never)).rejects.toMatchObject(invalid)
    })

    it('refuses records that the application does not have', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const sources = [{ kind: 'records' as const, types: ['meeting', 'ballot'] }]
      await expect(service.createBackup({ subject: aSubject(), sources })).rejects.toMatchObject({
        code: 'backup.unknown_record_type',
        params: { type: 'ballot' },
        message: expect.stringContaining('Posttypen ballot finns inte'),
      })
      expect(await rig.stored()).toEqual([])
    })

    it('says when there is no source of records', async () => {
      await using rig = await BackupRig.create()
      const { source: _source, ...options } = rig.options()
      const service = create(options, rig.clock)
      await service.start()
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toMatchObject({
        code: 'backup.source_not_configured',
      })
      await service.stop()
    })

    it('reads files only below the allowed folders, links resolved', async () => {
      await using rig = await BackupRig.create()
      await mkdir(join(rig.root, 'files2'))
      await symlink(rig.root, rig.file('ut'))
      await writeFile(rig.file('fil'), '')
      const service = await rig.start(create)
      const codeOf = (path: string) =>
        service.createBackup({ subject: aSubject(), sources: folder(path) }).catch(({ code }) => code as string)
      for (const path of ['/etc', '/finns-inte', 'files', join(rig.root, 'files2'), rig.file('..'), rig.file('ut')])
        expect(await codeOf(path), path).toBe('backup.folder_not_allowed')
      expect(await codeOf(rig.file('saknas'))).toBe('backup.folder_not_found')
      expect(await codeOf(rig.file('fil'))).toBe('backup.folder_not_found')
      expect(await codeOf(rig.file('saknas/../../..'))).toBe('backup.folder_not_allowed')
    })

    it('does not back up the store itself', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { sourceRoots: [rig.root] })
      for (const path of [rig.root, rig.store, join(rig.store, 'subjects')])
        await expect(service.createBackup({ subject: aSubject(), sources: folder(path) })).rejects.toMatchObject({
          code: 'backup.folder_not_allowed',
        })
    })

    it('takes an empty folder for a mistake: an unmounted disk must not push out good backups', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await expect(service.createBackup({ subject: aSubject(), sources: folder(rig.file()) })).rejects.toMatchObject({
        code: 'backup.nothing_to_back_up',
        fault: 'caller',
      })
      expect(await rig.stored()).toEqual([])
    })

    it('refuses a name that could not be restored', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a\\b.txt': 'x' })
      const service = await rig.start(create)
      await expect(service.createBackup({ subject: aSubject(), sources: folder(rig.file()) })).rejects.toMatchObject({
        code: 'backup.unsafe_name',
      })
      expect(await rig.stored()).toEqual([])
    })

    it('leaves nothing when the source of records fails half-way', async () => {
      await using rig = await BackupRig.create()
      const source = {
        ...generatedSource(),
        async *records(subject: string, type: string, signal: AbortSignal) {
          yield* generatedSource(500).records(subject, type, signal)
          if (type === 'protocol') throw new Error('the database is gone')
        },
      }
      const service = await rig.start(create, { source })
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toMatchObject({
        code: 'backup.source_failed',
        fault: 'service',
        retryable: true,
        params: { type: 'protocol' },
      })
      expect(await rig.stored()).toEqual([])
      expect(openFilesBelow(rig.root) ?? []).toEqual([])
    })

    it.each([
      ['of another type', { type: 'ballot', id: 'a', body: {} }],
      ['without an id', { type: 'meeting', body: {} }],
      ['without a body', { type: 'meeting', id: 'a' }],
      ['that JSON can not hold', { type: 'meeting', id: 'a', body: 1n }],
    ])('takes a record %s for a failure of the source', async (_what, record) => {
      await using rig = await BackupRig.create()
      const source = {
        recordTypes: ['meeting'],
        async *records() {
          yield record as never
        },
      }
      const service = await rig.start(create, { source })
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toMatchObject({
        code: 'backup.source_failed',
      })
    })

    it('takes a source whose types are no names for a failure of the source', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { source: { ...generatedSource(), recordTypes: ['meeting', '../x'] } })
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toMatchObject({
        code: 'backup.source_failed',
      })
      expect(await rig.stored()).toEqual([])
    })

    it('passes on an error that the source has given a code', async () => {
      await using rig = await BackupRig.create()
      const own = backupErrors.create('storage_full', {})
      const source: BackupSource = {
        recordTypes: ['meeting'],
        records: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(own) }) }),
      }
      const service = await rig.start(create, { source })
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toBe(own)
    })

    it('gives up a manifest that would not read back', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { newId: () => 'not-a-uuid' })
      await expect(service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })).rejects.toMatchObject({
        code: 'backup.self_check_failed',
        retryable: true,
      })
      expect(await rig.stored()).toEqual([])
    })

    it('leaves nothing when a file changes while it is read', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a.bin': Buffer.alloc(2_000_000, 'a') })
      const service = await rig.start(create)
      let grown: Promise<void> | undefined
      const onProgress = () => void (grown ??= appendFile(rig.file('a.bin'), 'mer'))
      await expect(
        service.createBackup({ subject: aSubject(), sources: folder(rig.file()) }, { onProgress }),
      ).rejects.toMatchObject({ code: 'backup.file_changed', retryable: true })
      await grown
      expect(await rig.stored()).toEqual([])
      expect(openFilesBelow(rig.root) ?? []).toEqual([])
    })

    it('gives up a file that grows as fast as it is read', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a.log': Buffer.alloc(300_000, 'a') })
      const service = await rig.start(create, {}, tickingClock(rig.clock))
      const onProgress = () => appendFileSync(rig.file('a.log'), Buffer.alloc(300_000, 'b'))
      await expect(
        service.createBackup({ subject: aSubject(), sources: folder(rig.file()) }, { onProgress }),
      ).rejects.toMatchObject({ code: 'backup.file_changed' })
      expect(await rig.stored()).toEqual([])
    })

    it('says so, and leaves nothing, when the disk is full', async ({ skip }) => {
      await using rig = await BackupRig.create()
      await mkdir(rig.store)
      const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', rig.store]).then(
        () => true,
        () => false,
      )
      skip(!mounted, 'mounting a small disk needs root and Linux')
      try {
        await rig.writeFiles({ 'a.bin': incompressible(4_000_000) })
        const service = await rig.start(create)
        await expect(service.createBackup({ subject: aSubject(), sources: folder(rig.file()) })).rejects.toMatchObject({
          code: 'backup.storage_full',
          fault: 'service',
          retryable: true,
        })
        expect(await rig.stored()).toEqual([])
        expect(openFilesBelow(rig.root) ?? []).toEqual([])
        await service.stop()
      } finally {
        await run('umount', [rig.store])
      }
    })
  })
}

/** Bytes that deflate can't shrink: a linear congruential sequence (Numerical Recipes' constants). */
function incompressible(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes)
  let state = 1
  for (let index = 0; index < sizeBytes; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[index] = state >>> 24
  }
  return bytes
}
