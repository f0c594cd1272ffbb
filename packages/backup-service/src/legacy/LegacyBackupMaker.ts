import type { BackupSource } from '../BackupSource.ts'
import type { BackupSummary } from '../contract/BackupSummary.ts'
import {
  FORMAT,
  FORMAT_VERSION,
  type Manifest,
  parseManifest,
  serializeManifest,
  summaryOf,
} from '../format/Manifest.ts'
import type { BackupPaths, StorePaths } from '../format/storePaths.ts'
import { LegacyArchiveChecker } from './LegacyArchiveChecker.ts'
import { LegacyArchiveWriter } from './LegacyArchiveWriter.ts'
import { LegacyArguments } from './LegacyArguments.ts'
import type { LegacyBackupConfig, LegacyJob, LegacyParts } from './LegacyBackupConfig.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyDisk } from './LegacyDisk.ts'
import type { LegacyEntry } from './LegacyEntry.ts'
import { LegacyFileWalker } from './LegacyFileWalker.ts'
import type { LegacyPathGuard } from './LegacyPathGuard.ts'
import { LegacyProgressReporter } from './LegacyProgressReporter.ts'
import { LegacyRecordsEntry } from './LegacyRecordsEntry.ts'

/** Makes backups: collects, writes, reads back, commits. */
export class LegacyBackupMaker {
  readonly #config: LegacyBackupConfig
  readonly #paths: StorePaths
  readonly #guard: LegacyPathGuard

  constructor(config: LegacyBackupConfig, paths: StorePaths, guard: LegacyPathGuard) {
    this.#config = config
    this.#paths = paths
    this.#guard = guard
  }

  async make(owner: string, kind: string, parts: LegacyParts, job: LegacyJob): Promise<BackupSummary> {
    const types = this.#recordTypes(parts)
    const directories: string[] = []
    for (const directory of parts.directories) directories.push(await this.#guard.directoryToRead(directory))
    this.#throwIfCancelled(job)
    const id = this.#config.makeId()
    const createdAt = new Date(this.#config.clock.now()).toISOString()
    const files = this.#paths.backup(owner, id)
    const progress = new LegacyProgressReporter(job, this.#config.clock, this.#config.logger)
    try {
      await LegacyDisk.makeDirectory(this.#paths.subject(owner))
      progress.startStep('writing', null)
      const walker = new LegacyFileWalker()
      const onBytes = (bytes: number) => progress.addBytes(bytes)
      const writer = new LegacyArchiveWriter(files.archivePart, job.signal, onBytes)
      const written = await writer.write(this.#entries(owner, types, walker, directories))
      if (written.entries.length === 0) throw new LegacyBackupError('NOTHING_FOUND')
      const manifest: Manifest = {
        format: FORMAT,
        formatVersion: FORMAT_VERSION,
        id,
        subject: owner,
        type: kind,
        createdAt,
        writer: 'legacy',
        skippedCount: walker.skipped,
        archive: written.archive,
        entries: written.entries,
      }
      await this.#readBack(files, manifest, job, progress)
      await this.#commit(files, manifest, job)
      progress.finish()
      return summaryOf(manifest)
    } catch (error) {
      await this.#discard(files)
      if (LegacyBackupError.systemCode(error) === 'ENOENT') throw new LegacyBackupError('OWNER_FORGOTTEN', '', error)
      throw error
    }
  }

  #recordTypes(parts: LegacyParts): readonly string[] {
    if (parts.recordTypes === null) return []
    const source = this.#recordSource()
    for (const type of source.recordTypes)
      if (!LegacyArguments.isKind(type)) throw new LegacyBackupError('RECORD_SOURCE_FAILED', 'invalid')
    if (parts.recordTypes === 'all') return [...source.recordTypes].sort()
    for (const type of parts.recordTypes)
      if (!source.recordTypes.includes(type)) throw new LegacyBackupError('UNKNOWN_RECORD_TYPE', type)
    return [...new Set(parts.recordTypes)].sort()
  }

  #recordSource(): BackupSource {
    if (this.#config.recordSource === null) throw new LegacyBackupError('NO_RECORD_SOURCE')
    return this.#config.recordSource
  }

  async *#entries(
    owner: string,
    types: readonly string[],
    walker: LegacyFileWalker,
    directories: readonly string[],
  ): AsyncGenerator<LegacyEntry> {
    for (const type of types) yield new LegacyRecordsEntry(this.#recordSource(), owner, type)
    yield* walker.walk(directories)
  }

  /** A backup that does not read back is none. */
  async #readBack(
    files: BackupPaths,
    manifest: Manifest,
    job: LegacyJob,
    progress: LegacyProgressReporter,
  ): Promise<void> {
    progress.startStep('checking', LegacyArchiveChecker.bytesToCheck(manifest))
    const checker = new LegacyArchiveChecker(job.signal, (bytes) => progress.addBytes(bytes))
    const { problems } = await checker.check(files.archivePart, manifest)
    if (problems.some((problem) => problem.kind === 'archive_missing')) throw new LegacyBackupError('OWNER_FORGOTTEN')
    if (problems.length > 0) throw new LegacyBackupError('READ_BACK_FAILED')
  }

  /** The last step is the one that counts: before the manifest has its name there is no backup. */
  async #commit(files: BackupPaths, manifest: Manifest, job: LegacyJob): Promise<void> {
    await LegacyDisk.writeNew(files.manifestPart, serializeManifest(manifest))
    const text = await LegacyDisk.readTextIfThere(files.manifestPart)
    if (text === null) throw new LegacyBackupError('OWNER_FORGOTTEN')
    if (!parseManifest(text).readable) throw new LegacyBackupError('READ_BACK_FAILED')
    this.#throwIfCancelled(job)
    await LegacyDisk.moveSafely(files.archivePart, files.archive)
    await LegacyDisk.moveSafely(files.manifestPart, files.manifest)
  }

  async #discard(files: BackupPaths): Promise<void> {
    for (const file of [files.manifest, files.manifestPart, files.archive, files.archivePart]) {
      try {
        await LegacyDisk.unlinkIfThere(file)
      } catch (error) {
        this.#config.logger.warn('could not remove an unfinished backup', { code: LegacyBackupError.systemCode(error) })
      }
    }
  }

  #throwIfCancelled(job: LegacyJob): void {
    if (job.signal.aborted) throw new LegacyBackupError('CANCELLED')
  }
}
