import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { serviceErrors } from '@gradvis/base-service'
import { createTestContext } from '@gradvis/base-service/testing'
import { messageProblems } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { backupErrors } from './backupErrors.ts'
import { storePaths } from './format/storePaths.ts'
import { createLegacyBackupService } from './legacy/index.ts'
import { createMigratedBackupService } from './migrated/index.ts'
import { aSubject, BackupRig, type CreateBackupService, generatedRecords, generatedSource } from './testing/index.ts'
import { placeBackup } from './testing/placeBackup.ts'

type Case = (rig: BackupRig, create: CreateBackupService) => Promise<unknown>

const run = promisify(execFile)
const subject = aSubject()
const records = [{ kind: 'records' as const }]
const toApplication = { kind: 'application' as const }
const folder = (path: string) => [{ kind: 'folder' as const, path }]

/** A record source that yields one record and then does what it is told. */
const sourceThat = (act: () => Promise<void> | void) => ({
  recordTypes: ['meeting'],
  async *records() {
    yield { type: 'meeting', id: 'a', body: {} }
    await act()
  },
})

const CASES: Readonly<Record<string, Case>> = {
  'backup.not_found': async (rig, create) =>
    (await rig.start(create)).verifyBackup({ subject, backupId: '00000000-0000-4000-8000-000000000000' }),
  'backup.damaged': async (rig, create) => {
    const service = await rig.start(create)
    const { id } = await service.createBackup({ subject, sources: records })
    await appendFile(await rig.only('.zip'), 'x')
    return service.restoreBackup({ subject, backupId: id, target: toApplication })
  },
  'backup.unsupported_format': async (rig, create) => {
    const service = await rig.start(create)
    const { id } = await service.createBackup({ subject, sources: records })
    const body = { format: 'gradvis.backup', formatVersion: 99 }
    const checksum = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    await writeFile(storePaths(rig.store).backup(subject, id).manifest, JSON.stringify({ ...body, checksum }))
    return service.verifyBackup({ subject, backupId: id })
  },
  'backup.source_not_configured': async (rig, create) => {
    const { source: _source, ...options } = rig.options()
    const service = await rig.start(() => create(options, rig.clock))
    return service.createBackup({ subject, sources: records })
  },
  'backup.unknown_record_type': async (rig, create) =>
    (await rig.start(create)).createBackup({ subject, sources: [{ kind: 'records', types: ['ballot'] }] }),
  'backup.source_failed': async (rig, create) => {
    const source = sourceThat(() => Promise.reject(new Error('the database is gone')))
    return (await rig.start(create, { source })).createBackup({ subject, sources: records })
  },
  'backup.folder_not_allowed': async (rig, create) =>
    (await rig.start(create)).createBackup({ subject, sources: folder('/etc') }),
  'backup.folder_not_found': async (rig, create) =>
    (await rig.start(create)).createBackup({ subject, sources: folder(rig.file('saknas')) }),
  'backup.file_unreadable': async (rig, create) => {
    // /proc: a file whose size is told as nothing and whose reading fails, also for root.
    const service = await rig.start(create, { sourceRoots: ['/proc'] })
    return service.createBackup({ subject, sources: folder(`/proc/${process.pid}/task/${process.pid}/attr`) })
  },
  'backup.file_changed': async (rig, create) => {
    await rig.writeFiles({ 'a.bin': Buffer.alloc(2_000_000, 'a') })
    let grown: Promise<void> | undefined
    const onProgress = () => void (grown ??= appendFile(rig.file('a.bin'), 'mer'))
    return (await rig.start(create)).createBackup({ subject, sources: folder(rig.file()) }, { onProgress })
  },
  'backup.unsafe_name': async (rig, create) => {
    await rig.writeFiles({ 'a\\b.txt': 'x' })
    return (await rig.start(create)).createBackup({ subject, sources: folder(rig.file()) })
  },
  'backup.nothing_to_back_up': async (rig, create) =>
    (await rig.start(create)).createBackup({ subject, sources: folder(rig.file()) }),
  'backup.storage_full': async (rig, create) => {
    await mkdir(rig.store)
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', rig.store])
    try {
      await rig.writeFiles({ 'a.bin': randomBytes(4_000_000) })
      const service = await rig.start(create)
      const [outcome] = await Promise.allSettled([service.createBackup({ subject, sources: folder(rig.file()) })])
      await service.stop()
      if (outcome.status === 'rejected') throw outcome.reason
    } finally {
      await run('umount', [rig.store])
    }
  },
  'backup.storage_failed': async (rig, create) => {
    const service = await rig.start(create)
    const place = storePaths(rig.store).subject(subject)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, 'a file where a folder belongs')
    return service.createBackup({ subject, sources: records })
  },
  'backup.self_check_failed': async (rig, create) =>
    (await rig.start(create, { newId: () => 'not-a-uuid' })).createBackup({ subject, sources: records }),
  'backup.subject_erased': async (rig, create) => {
    const erase = async () => void (await service.eraseSubject({ subject }))
    const service = await rig.start(create, { source: sourceThat(erase) })
    return service.createBackup({ subject, sources: records })
  },
  'backup.target_not_configured': async (rig, create) => {
    const { restoreTarget: _target, ...options } = rig.options()
    const service = await rig.start(() => create(options, rig.clock))
    const { id } = await service.createBackup({ subject, sources: records })
    return service.restoreBackup({ subject, backupId: id, target: toApplication })
  },
  'backup.target_not_allowed': async (rig, create) => {
    const service = await rig.start(create)
    const { id } = await service.createBackup({ subject, sources: records })
    return service.restoreBackup({ subject, backupId: id, target: { kind: 'folder', path: '/etc/x' } })
  },
  'backup.target_not_empty': async (rig, create) => {
    const service = await rig.start(create)
    const { id } = await service.createBackup({ subject, sources: records })
    rig.target.put(subject, generatedRecords(subject))
    return service.restoreBackup({ subject, backupId: id, target: toApplication })
  },
  'backup.target_failed': async (rig, create) => {
    const restoreTarget = { isEmpty: async () => true, replace: () => Promise.reject(new Error('locked')) }
    const service = await rig.start(create, { restoreTarget })
    const { id } = await service.createBackup({ subject, sources: records })
    return service.restoreBackup({ subject, backupId: id, target: toApplication })
  },
  'backup.nothing_to_restore': async (rig, create) => {
    const service = await rig.start(create)
    const backupId = await placeBackup(rig.store, { subject })
    return service.restoreBackup({ subject, backupId, target: toApplication })
  },
  'backup.policy_empty': async (rig, create) =>
    (await rig.start(create)).setRetentionPolicy({ daily: 0, weekly: 0, monthly: 0 }),
  'backup.policy_unreadable': async (rig, create) => {
    await mkdir(rig.store)
    await writeFile(storePaths(rig.store).policy, '{')
    return (await rig.start(create)).getRetentionPolicy()
  },
  'backup.clock_went_back': async (rig, create) => {
    const service = await rig.start(create)
    await placeBackup(rig.store, { subject, createdAt: '2025-01-16T08:01:00.000Z' })
    return service.applyRetention({})
  },
  'backup.invalid_cursor': async (rig, create) => (await rig.start(create)).listBackups({ cursor: 'x' }),
  'service.invalid_input': async (rig, create) =>
    (await rig.start(create)).createBackup({ subject: '', sources: [], type: '../b', other: 1 } as never),
  'service.cancelled': async (rig, create) =>
    (await rig.start(create)).listBackups({}, { signal: AbortSignal.abort() }),
  'service.not_running': async (rig, create) => create(rig.options(), rig.clock).listBackups({}),
  'service.unexpected': async (rig, create) => {
    const source = {
      ...generatedSource(),
      get recordTypes(): string[] {
        throw new Error('a defect')
      },
    }
    return (await rig.start(create, { source })).createBackup({ subject, sources: records })
  },
}

const OWN = Object.keys(backupErrors.catalog)
const CATALOG = { ...backupErrors.catalog, ...serviceErrors.catalog }
const SIDES: readonly (readonly [string, CreateBackupService])[] = [
  [
    'legacy',
    (options, clock) => createLegacyBackupService(createTestContext({ implementation: 'legacy', clock }), options),
  ],
  ['migrated', (options, clock) => createMigratedBackupService(createTestContext({ clock }), options)],
]

describe.each(SIDES)('%s: every code, provoked', (_side, create) => {
  it.for([...new Set([...OWN, ...Object.keys(CASES)])])('%s is told well in both languages', async (code, { skip }) => {
    skip(code === 'backup.storage_full' && !(await canMount()), 'mounting a small disk needs root and Linux')
    await using rig = await BackupRig.create()
    const provoke = CASES[code]
    expect(await messageProblems(code, provoke && (() => provoke(rig, create)), CATALOG)).toEqual([])
  })
})

async function canMount(): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'gradvis-mount-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place])
    await run('umount', [place])
    return true
  } catch {
    return false
  } finally {
    await rmdir(place)
  }
}
