import { randomUUID } from 'node:crypto'

import {
  auditOperations,
  type CallOptions,
  type InputOf,
  type Managed,
  type ServiceContext,
} from '@gradvis/base-service'

import { type BackupOptions, DEFAULT_LEFTOVER_MAX_AGE_MS } from '../BackupOptions.ts'
import { backupContract } from '../contract/backupContract.ts'
import type { BackupService } from '../contract/BackupService.ts'
import type { CreateBackup } from '../contract/CreateBackup.ts'
import { LegacyBackup } from './LegacyBackup.ts'
import type { LegacyParts } from './LegacyBackupConfig.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyCalls } from './LegacyCalls.ts'
import { toLegacyServiceError } from './toLegacyServiceError.ts'

type Operations = typeof backupContract.operations
type Input<Name extends keyof Operations> = InputOf<Operations[Name]>

/** The contract's shape around the legacy service: its names, its errors, its lifecycle. */
class LegacyBackupAdapter implements Managed<BackupService> {
  readonly #legacy: LegacyBackup
  readonly #calls: LegacyCalls
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(legacy: LegacyBackup, calls: LegacyCalls) {
    this.#legacy = legacy
    this.#calls = calls
  }

  start(signal?: AbortSignal): Promise<void> {
    this.#starting ??= this.#start(signal)
    return this.#starting
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  reportBytes(): number {
    return this.#legacy.cachedBytes
  }

  createBackup(input: Input<'createBackup'>, options?: CallOptions) {
    return this.#calls.run('createBackup', input, options, ({ subject, type, sources }, job) =>
      this.#legacy.makeBackup(subject, type, partsOf(sources), job),
    )
  }

  listBackups(input: Input<'listBackups'>, options?: CallOptions) {
    return this.#calls.run('listBackups', input, options, async ({ subject, type, limit, cursor }, job) => {
      const query = { owner: subject ?? null, kind: type ?? null, count: limit, after: cursor ?? null }
      const { items, next, broken } = await this.#legacy.findBackups(query, job)
      return { backups: [...items], ...(next !== null && { nextCursor: next }), unreadableCount: broken }
    })
  }

  verifyBackup(input: Input<'verifyBackup'>, options?: CallOptions) {
    return this.#calls.run('verifyBackup', input, options, async ({ subject, backupId }, job) => {
      const { ok, problems, entries, bytes } = await this.#legacy.checkBackup(subject, backupId, job)
      return { backupId, intact: ok, damage: [...problems], checkedEntries: entries, checkedBytes: bytes }
    })
  }

  restoreBackup(input: Input<'restoreBackup'>, options?: CallOptions) {
    return this.#calls.run('restoreBackup', input, options, async ({ subject, backupId, target, overwrite }, job) => {
      const { records, files, bytes, filesLeftOut } =
        target.kind === 'folder'
          ? await this.#legacy.recoverToDirectory({ owner: subject, id: backupId }, target.path, overwrite, job)
          : await this.#legacy.recoverToApplication({ owner: subject, id: backupId }, overwrite, job)
      return {
        backupId,
        restoredRecords: records,
        restoredFiles: files,
        restoredBytes: bytes,
        leftOutFiles: filesLeftOut,
      }
    })
  }

  deleteBackup(input: Input<'deleteBackup'>, options?: CallOptions) {
    return this.#calls.run('deleteBackup', input, options, async ({ subject, backupId }) => ({
      deleted: await this.#legacy.removeBackup(subject, backupId),
    }))
  }

  getRetentionPolicy(input?: Input<'getRetentionPolicy'>, options?: CallOptions) {
    return this.#calls.run('getRetentionPolicy', input, options, async () => {
      const { days, weeks, months } = await this.#legacy.keepRules()
      return { daily: days, weekly: weeks, monthly: months }
    })
  }

  setRetentionPolicy(input: Input<'setRetentionPolicy'>, options?: CallOptions) {
    return this.#calls.run('setRetentionPolicy', input, options, async (policy) => {
      const { daily, weekly, monthly } = policy
      await this.#legacy.changeKeepRules({ days: daily, weeks: weekly, months: monthly })
      return policy
    })
  }

  applyRetention(input: Input<'applyRetention'>, options?: CallOptions) {
    return this.#calls.run('applyRetention', input, options, async ({ subject, type, dryRun }, job) => {
      const { rules, verdicts } = await this.#legacy.thinOut(subject ?? null, type ?? null, dryRun, job)
      const removed = verdicts.filter(({ keep }) => !keep)
      return {
        dryRun,
        policy: { daily: rules.days, weekly: rules.weeks, monthly: rules.months },
        keptCount: verdicts.length - removed.length,
        removedCount: removed.length,
        removedBytes: removed.reduce((bytes, { backup }) => bytes + backup.archiveBytes, 0),
        decisions: verdicts.map(({ backup: { id, subject, type, createdAt }, keep, reasons }) => ({
          backupId: id,
          subject,
          type,
          createdAt,
          keep,
          reasons: [...reasons],
        })),
      }
    })
  }

  eraseSubject(input: Input<'eraseSubject'>, options?: CallOptions) {
    return this.#calls.run('eraseSubject', input, options, async ({ subject }) => {
      const { backups, bytes, at } = await this.#legacy.forgetOwner(subject)
      return { erasedAt: at, removedBackups: backups, removedBytes: bytes }
    })
  }

  async #start(signal?: AbortSignal): Promise<void> {
    // Stopped before it was ever started: it never will be.
    if (this.#calls.state !== 'created') throw this.#calls.notRunning()
    this.#calls.state = 'starting'
    try {
      signal?.throwIfAborted()
      await this.#legacy.open()
      this.#calls.state = 'running'
    } catch (error) {
      this.#calls.state = 'failed'
      if (!(error instanceof LegacyBackupError)) throw error
      throw toLegacyServiceError(error, { service: backupContract.name, operation: 'start' })
    }
  }

  async #stop(): Promise<void> {
    await this.#starting?.catch(() => {})
    this.#calls.state = 'draining'
    await this.#calls.drain()
    this.#legacy.close()
    this.#calls.state = 'stopped'
  }
}

function partsOf(sources: CreateBackup['sources']): LegacyParts {
  const records = sources.filter((source) => source.kind === 'records')
  const types = records.map((source) => source.types ?? 'all')
  const recordTypes = types.includes('all') ? 'all' : types.flat()
  return {
    recordTypes: records.length === 0 ? null : recordTypes,
    directories: sources.flatMap((source) => (source.kind === 'folder' ? [source.path] : [])),
  }
}

export function createLegacyBackupService(context: ServiceContext, options: BackupOptions): Managed<BackupService> {
  const legacy = new LegacyBackup({
    directory: options.storeFolder,
    recordSource: options.source ?? null,
    recordTarget: options.restoreTarget ?? null,
    readableDirectories: options.sourceRoots ?? [],
    writableDirectories: options.restoreRoots ?? [],
    leftoverMaxAgeMs: options.leftoverMaxAgeMs ?? DEFAULT_LEFTOVER_MAX_AGE_MS,
    makeId: options.newId ?? randomUUID,
    clock: context.clock,
    random: context.random,
    logger: context.logger.child({ service: backupContract.name }),
  })
  return auditOperations(backupContract, new LegacyBackupAdapter(legacy, new LegacyCalls(context.clock)), context)
}
