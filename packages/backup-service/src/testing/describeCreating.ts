import { execFile } from 'node:child_process'
import { stat, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import type { Progress } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import { aSubject, BackupRig, type CreateBackupService } from './BackupRig.ts'
import { generatedRecords, generatedSource } from './generatedSource.ts'
import { tickingClock } from './tickingClock.ts'

const run = promisify(execFile)
const ALL_RECORDS = [{ kind: 'records' as const }]

export function describeCreating(name: string, create: CreateBackupService): void {
  describe(`${name}: creating a backup`, () => {
    it('backs up records of every type and says what it holds', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subject = aSubject()
      const backup = await service.createBackup({ subject, sources: ALL_RECORDS })
      expect(backup).toMatchObject({
        subject,
        type: 'full_backup',
        createdAt: '2025-01-16T08:00:00.000Z',
        recordCount: 9,
        fileCount: 0,
        skippedCount: 0,
      })
      expect(await service.listBackups({ subject })).toEqual({ backups: [backup], unreadableCount: 0 })
      expect(await rig.stored()).toHaveLength(2)
    })

    it('keeps the id of the subject out of every file name', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      await service.createBackup({ subject: 'subject-plain', sources: ALL_RECORDS })
      const paths = await rig.stored()
      expect(paths.join(' ')).not.toContain('subject-plain')
      expect(paths[0]).toMatch(/^[0-9a-f]{64}\//)
    })

    it('backs up only the types that are asked for, each once', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const sources = [
        { kind: 'records' as const, types: ['protocol'] },
        { kind: 'records' as const, types: ['protocol', 'meeting'] },
      ]
      const { recordCount } = await service.createBackup({ subject: aSubject(), type: 'meeting', sources })
      expect(recordCount).toBe(6)
    })

    it('backs up files of folders, whatever their names, and follows no link', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({
        'a/tom.txt': '',
        'a/år 2024/möte 🗳️.md': 'åäö',
        'a/..gömd': 'x',
        'b/a/stor.bin': Buffer.alloc(300_000),
      })
      await symlink(rig.file('b'), rig.file('a/länk'))
      const service = await rig.start(create)
      const sources = ['a', 'b/a'].map((path) => ({ kind: 'folder' as const, path: rig.file(path) }))
      const backup = await service.createBackup({ subject: aSubject(), sources })
      expect(backup).toMatchObject({ fileCount: 4, recordCount: 0, skippedCount: 1, contentBytes: 300_007 })
      await service.restoreBackup({
        subject: backup.subject,
        backupId: backup.id,
        target: { kind: 'folder', path: rig.restored('all') },
      })
      expect(Object.keys(await rig.read(rig.restored('all')))).toEqual(
        ['files/a/..gömd', 'files/a/tom.txt', 'files/a/år 2024/möte 🗳️.md', 'files/a-2/stor.bin'].sort(),
      )
    })

    it('takes a folder whose name only looks like the way out', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ '..a/b.txt': 'b' })
      const service = await rig.start(create)
      const sources = [{ kind: 'folder' as const, path: rig.file('..a') }]
      expect(await service.createBackup({ subject: aSubject(), sources })).toMatchObject({ fileCount: 1 })
    })

    it('backs up a file whose time no calendar has', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a.txt': 'a' })
      await utimes(rig.file('a.txt'), 1, 253_402_300_900)
      const service = await rig.start(create)
      const sources = [{ kind: 'folder' as const, path: rig.file() }]
      const { subject, id } = await service.createBackup({ subject: aSubject(), sources })
      expect(await service.verifyBackup({ subject, backupId: id })).toMatchObject({ intact: true })
    })

    it('lets nobody else on the machine read what it keeps', async () => {
      await using rig = await BackupRig.create()
      await rig.start(create)
      for (const folder of ['subjects', 'work'])
        expect((await stat(join(rig.store, folder))).mode & 0o777, folder).toBe(0o700)
    })

    it('writes an archive that unzip finds whole and unpacks', async ({ skip }) => {
      const missing = await run('unzip', ['-v']).then(
        () => false,
        () => true,
      )
      skip(missing, 'unzip is not installed here')
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a/hej.txt': 'hej\n'.repeat(1000) })
      const service = await rig.start(create)
      const sources = [...ALL_RECORDS, { kind: 'folder' as const, path: rig.file('a') }]
      const { subject } = await service.createBackup({ subject: aSubject(), sources })
      const archive = await rig.only('.zip')
      expect((await run('unzip', ['-t', archive])).stdout).toContain('No errors detected')
      expect((await run('unzip', ['-p', archive, 'files/a/hej.txt'])).stdout).toBe('hej\n'.repeat(1000))
      const { stdout } = await run('unzip', ['-p', archive, 'records/meeting.ndjson'])
      const meetings = generatedRecords(subject).filter(({ type }) => type === 'meeting')
      expect(stdout).toBe(meetings.map((record) => `${JSON.stringify(record)}\n`).join(''))
    })

    it('makes equal archives of equal content', async () => {
      await using rig = await BackupRig.create()
      await rig.writeFiles({ 'a/z.txt': 'z', 'a/b/c.txt': 'c', 'a/a.txt': 'a' })
      const service = await rig.start(create)
      const sources = [...ALL_RECORDS, { kind: 'folder' as const, path: rig.file('a') }]
      const subject = aSubject()
      const first = await service.createBackup({ subject, sources })
      rig.clock.advance(3_600_000)
      const second = await service.createBackup({ subject, sources })
      expect(second.archiveSha256).toBe(first.archiveSha256)
      expect(second.id).not.toBe(first.id)
    })

    it('reports its progress in growing bytes, the last time as done', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create, { source: generatedSource(2000) }, tickingClock(rig.clock))
      const seen: Progress[] = []
      const onProgress = (progress: Progress) => void seen.push(progress)
      const { contentBytes } = await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS }, { onProgress })
      const writing = seen.filter(({ phase }) => phase === 'writing').map(({ done }) => done)
      expect(writing.length).toBeGreaterThan(1)
      expect(writing).toEqual(writing.toSorted((a, b) => a - b))
      expect(writing.at(-1)).toBe(contentBytes)
      expect(seen.at(-1)).toMatchObject({ phase: 'checking', unit: 'bytes', done: seen.at(-1)?.total })
    })

    it('takes several at once', async () => {
      await using rig = await BackupRig.create()
      const service = await rig.start(create)
      const subjects = [aSubject(), aSubject(), 'shared', 'shared', 'shared']
      const made = await Promise.all(subjects.map((subject) => service.createBackup({ subject, sources: ALL_RECORDS })))
      expect(new Set(made.map(({ id }) => id)).size).toBe(5)
      for (const { subject, id } of made)
        expect(await service.verifyBackup({ subject, backupId: id })).toMatchObject({ intact: true })
      expect((await service.listBackups({ subject: 'shared' })).backups).toHaveLength(3)
    })

    it('lets a large source flow through and does not keep it in memory', async () => {
      await using rig = await BackupRig.create()
      const totalBytes = 200 * 1024 * 1024
      const body = 'Styrelsen beslutade att bordlägga frågan. '.repeat(5000)
      let peakBytes = 0
      const source = {
        recordTypes: ['protocol'],
        async *records() {
          for (let sent = 0, index = 0; sent < totalBytes; sent += Buffer.byteLength(body), index += 1) {
            const { heapUsed, arrayBuffers } = process.memoryUsage()
            peakBytes = Math.max(peakBytes, heapUsed + arrayBuffers)
            yield { type: 'protocol', id: `p-${index}`, body: `${index} ${body}` }
          }
        },
      }
      const service = await rig.start(create, { source })
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      const { contentBytes } = await service.createBackup({ subject: aSubject(), sources: ALL_RECORDS })
      expect(contentBytes).toBeGreaterThan(totalBytes)
      expect(peakBytes - heapUsed - arrayBuffers).toBeLessThan(100 * 1024 * 1024)
    }, 60_000)
  })
}
