import { readdir } from 'node:fs/promises'

import type { Logger } from '@gradvis/kernel'

import type { BackupSummary } from '../contract/BackupSummary.ts'
import { type Manifest, summaryOf } from '../format/Manifest.ts'
import { type StorePaths, storePaths } from '../format/storePaths.ts'
import { LegacyArchiveChecker } from './LegacyArchiveChecker.ts'
import { LegacyArguments } from './LegacyArguments.ts'
import type { LegacyBackupConfig, LegacyJob, LegacyKeepRules, LegacyParts } from './LegacyBackupConfig.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyBackupMaker } from './LegacyBackupMaker.ts'
import { LegacyCatalog, type LegacyCatalogPage } from './LegacyCatalog.ts'
import { LegacyKeepPlan } from './LegacyKeepPlan.ts'
import { LegacyPathGuard } from './LegacyPathGuard.ts'
import { LegacyProgressReporter } from './LegacyProgressReporter.ts'
import type { LegacyCheckResult, LegacyName, LegacyQuery, LegacyRecovery, LegacyThinning } from './LegacyBackupTypes.ts'
import { LegacyRestorer } from './LegacyRestorer.ts'
import { LegacyRetry } from './LegacyRetry.ts'
import { LegacyStoreKeeper } from './LegacyStoreKeeper.ts'

/** The backup service as it was before BaseService. */
export class LegacyBackup {
  readonly #config: LegacyBackupConfig
  readonly #logger: Logger
  readonly #paths: StorePaths
  readonly #retry: LegacyRetry
  readonly #catalog: LegacyCatalog
  readonly #keeper: LegacyStoreKeeper
  readonly #guard: LegacyPathGuard
  readonly #maker: LegacyBackupMaker

  constructor(config: LegacyBackupConfig) {
    this.#config = config
    this.#logger = config.logger
    this.#paths = storePaths(config.directory)
    this.#retry = new LegacyRetry(config.clock, config.random)
    this.#catalog = new LegacyCatalog(this.#paths, this.#retry)
    this.#keeper = new LegacyStoreKeeper(this.#paths, config.makeId)
    this.#guard = new LegacyPathGuard(config.directory, config.readableDirectories, config.writableDirectories)
    this.#maker = new LegacyBackupMaker(config, this.#paths, this.#guard)
  }

  get cachedBytes(): number {
    return this.#catalog.cachedBytes
  }

  open(): Promise<void> {
    return this.#logged('open', async () => {
      const removed = await this.#keeper.tidy(this.#config.leftoverMaxAgeMs)
      if (removed > 0) this.#logger.warn('removed leftovers of interrupted backups', { removed })
    })
  }

  close(): void {
    this.#catalog.forgetCache()
  }

  async makeBackup(owner: string, kind: string, parts: LegacyParts, job: LegacyJob): Promise<BackupSummary> {
    LegacyArguments.owner(owner)
    LegacyArguments.kind(kind)
    LegacyArguments.parts(parts)
    return this.#logged('makeBackup', () => this.#maker.make(owner, kind, parts, job))
  }

  async findBackups(query: LegacyQuery, job: LegacyJob): Promise<LegacyCatalogPage> {
    LegacyArguments.ownerOrAll(query.owner)
    LegacyArguments.kindOrAll(query.kind)
    LegacyArguments.pageSize(query.count)
    return this.#logged('findBackups', async () => {
      this.#throwIfCancelled(job)
      return this.#catalog.page(query, job.signal)
    })
  }

  async checkBackup(owner: string, id: string, job: LegacyJob): Promise<LegacyCheckResult> {
    LegacyArguments.owner(owner)
    LegacyArguments.id(id)
    return this.#logged('checkBackup', async () => {
      this.#throwIfCancelled(job)
      const manifest = await this.#catalog.findManifest(owner, id)
      if (manifest === null)
        return { ok: false, problems: [{ kind: 'manifest_unreadable' as const }], entries: 0, bytes: 0 }
      const progress = new LegacyProgressReporter(job, this.#config.clock, this.#logger)
      progress.startStep('checking', LegacyArchiveChecker.bytesToCheck(manifest))
      const checker = new LegacyArchiveChecker(job.signal, (bytes) => progress.addBytes(bytes))
      const check = await checker.check(this.#paths.backup(owner, id).archive, manifest)
      if (check.problems.length > 0) {
        // Gone is not damaged: somebody may have removed it meanwhile.
        await this.#catalog.findManifest(owner, id)
        this.#logger.warn('a backup is damaged', { problems: check.problems.length })
      }
      progress.finish()
      return { ok: check.problems.length === 0, ...check }
    })
  }

  async recoverToDirectory(
    { owner, id }: LegacyName,
    directory: string,
    replace: boolean,
    job: LegacyJob,
  ): Promise<LegacyRecovery> {
    LegacyArguments.owner(owner)
    LegacyArguments.id(id)
    LegacyArguments.path(directory)
    return this.#logged('recoverToDirectory', async () => {
      this.#throwIfCancelled(job)
      const manifest = await this.#catalog.requireManifest(owner, id)
      const target = await this.#guard.directoryToWrite(directory)
      if (!replace) await this.#requireEmpty(target)
      const progress = await this.#checkBeforeUse(manifest, job)
      const { recordCount, fileCount, contentBytes } = summaryOf(manifest)
      progress.startStep('restoring', contentBytes)
      await this.#restorer(manifest, job, progress).toDirectory(target, replace)
      progress.finish()
      return { records: recordCount, files: fileCount, bytes: contentBytes, filesLeftOut: 0 }
    })
  }

  async recoverToApplication({ owner, id }: LegacyName, replace: boolean, job: LegacyJob): Promise<LegacyRecovery> {
    LegacyArguments.owner(owner)
    LegacyArguments.id(id)
    return this.#logged('recoverToApplication', async () => {
      this.#throwIfCancelled(job)
      const manifest = await this.#catalog.requireManifest(owner, id)
      const application = this.#config.recordTarget
      if (application === null) throw new LegacyBackupError('NO_RECORD_TARGET')
      let bytes = 0
      let hasRecords = false
      for (const entry of manifest.entries) {
        if (entry.kind === 'records') {
          hasRecords = true
          bytes += entry.sizeBytes
        }
      }
      if (!hasRecords) throw new LegacyBackupError('NO_RECORDS_IN_BACKUP')
      const progress = await this.#checkBeforeUse(manifest, job)
      progress.startStep('restoring', bytes)
      await this.#restorer(manifest, job, progress).toApplication(application, replace)
      progress.finish()
      const { recordCount, fileCount } = summaryOf(manifest)
      return { records: recordCount, files: 0, bytes, filesLeftOut: fileCount }
    })
  }

  /** False when there was none. */
  async removeBackup(owner: string, id: string): Promise<boolean> {
    LegacyArguments.owner(owner)
    LegacyArguments.id(id)
    return this.#logged('removeBackup', () => this.#retry.run(() => this.#keeper.remove(owner, id)))
  }

  async keepRules(): Promise<LegacyKeepRules> {
    return this.#logged('keepRules', () => this.#retry.run(() => this.#keeper.readRules()))
  }

  async changeKeepRules(rules: LegacyKeepRules): Promise<void> {
    LegacyArguments.keepRules(rules)
    await this.#logged('changeKeepRules', () => this.#retry.run(() => this.#keeper.writeRules(rules)))
  }

  /** With `pretend` nothing is removed. */
  async thinOut(owner: string | null, kind: string | null, pretend: boolean, job: LegacyJob): Promise<LegacyThinning> {
    LegacyArguments.ownerOrAll(owner)
    LegacyArguments.kindOrAll(kind)
    return this.#logged('thinOut', async () => {
      this.#throwIfCancelled(job)
      const rules = await this.#retry.run(() => this.#keeper.readRules())
      LegacyArguments.keepRules(rules)
      const { items } = await this.#catalog.all(owner, kind, job.signal)
      const newest = items[0]
      if (newest !== undefined && newest.createdAt > this.#now()) throw new LegacyBackupError('CLOCK_WENT_BACK')
      const verdicts = new LegacyKeepPlan(rules).judge(items)
      if (!pretend) {
        for (const { backup, keep } of verdicts) {
          if (!keep) {
            this.#throwIfCancelled(job)
            await this.#retry.run(() => this.#keeper.remove(backup.subject, backup.id))
          }
        }
      }
      return { rules, verdicts }
    })
  }

  async forgetOwner(owner: string): Promise<Readonly<{ backups: number; bytes: number; at: string }>> {
    LegacyArguments.owner(owner)
    return this.#logged('forgetOwner', async () => {
      const removed = await this.#retry.run(() => this.#keeper.erase(owner))
      return { ...removed, at: this.#now() }
    })
  }

  async #checkBeforeUse(manifest: Manifest, job: LegacyJob): Promise<LegacyProgressReporter> {
    const progress = new LegacyProgressReporter(job, this.#config.clock, this.#logger)
    progress.startStep('checking', LegacyArchiveChecker.bytesToCheck(manifest))
    const checker = new LegacyArchiveChecker(job.signal, (bytes) => progress.addBytes(bytes))
    const { archive } = this.#paths.backup(manifest.subject, manifest.id)
    const { problems } = await checker.check(archive, manifest)
    if (problems.length > 0) throw new LegacyBackupError('CORRUPT_BACKUP')
    return progress
  }

  #restorer(manifest: Manifest, job: LegacyJob, progress: LegacyProgressReporter): LegacyRestorer {
    const { archive } = this.#paths.backup(manifest.subject, manifest.id)
    return new LegacyRestorer(archive, manifest, {
      signal: job.signal,
      onBytes: (bytes) => progress.addBytes(bytes),
      makeId: this.#config.makeId,
    })
  }

  async #requireEmpty(target: string): Promise<void> {
    let names: readonly string[]
    try {
      names = await readdir(target)
    } catch (error) {
      if (LegacyBackupError.systemCode(error) === 'ENOENT') return
      throw error
    }
    if (names.length > 0) throw new LegacyBackupError('TARGET_NOT_EMPTY')
  }

  #throwIfCancelled(job: LegacyJob): void {
    if (job.signal.aborted) throw new LegacyBackupError('CANCELLED')
  }

  #now(): string {
    return new Date(this.#config.clock.now()).toISOString()
  }

  /** Logs every call with its duration, and turns errors of the disk into our own. */
  async #logged<T>(call: string, work: () => Promise<T>): Promise<T> {
    const startedMs = this.#config.clock.monotonicMs()
    const durationMs = () => Math.round(this.#config.clock.monotonicMs() - startedMs)
    try {
      const result = await work()
      this.#logger.debug('backup call done', { call, durationMs: durationMs() })
      return result
    } catch (error) {
      const failure = LegacyBackupError.fromDisk(error)
      const reason = failure instanceof LegacyBackupError ? failure.reason : 'UNEXPECTED'
      this.#logger.warn('backup call failed', { call, reason, durationMs: durationMs() })
      throw failure
    }
  }
}
