import { randomUUID } from 'node:crypto'

import {
  BaseService,
  type Call,
  type Managed,
  type OutputOf,
  type ParsedInputOf,
  type ServiceContext,
} from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import { type BackupOptions, DEFAULT_LEFTOVER_MAX_AGE_MS } from '../BackupOptions.ts'
import { backupContract } from '../contract/backupContract.ts'
import type { BackupService } from '../contract/BackupService.ts'
import { FORMAT, FORMAT_VERSION, type Manifest, summaryOf } from '../format/Manifest.ts'
import { BackupStore } from './BackupStore.ts'
import { folderStamp } from './folderStamp.ts'
import { inspectArchive } from './inspectArchive.ts'
import { pageOf } from './pageOf.ts'
import { planEntries } from './planEntries.ts'
import { planRetention } from './planRetention.ts'
import { ProgressMeter } from './ProgressMeter.ts'
import { restoreArchive } from './restoreArchive.ts'
import { storedPolicy } from './storedPolicy.ts'
import { sweepLeftovers } from './sweepLeftovers.ts'
import { toBackupError } from './toBackupError.ts'
import { writeArchive } from './writeArchive.ts'

type Operations = typeof backupContract.operations
type Input<Name extends keyof Operations> = ParsedInputOf<Operations[Name]>
type Output<Name extends keyof Operations> = Promise<OutputOf<Operations[Name]>>

const RETRIED = { maxAttempts: 3 }
const LISTS = { ttlMs: 10 * 60 * 1000, tags: [], maxBytes: 4 * 1024 * 1024 }

/** Backups as ZIP archives in a folder. Only what is the service's own: the rest is BaseService. */
class MigratedBackupService extends BaseService<typeof backupContract> implements BackupService {
  readonly #options: BackupOptions
  readonly #newId: () => string
  readonly #store: BackupStore

  constructor(context: ServiceContext, options: BackupOptions) {
    super(backupContract, context, { translate: toBackupError })
    this.#options = options
    this.#newId = options.newId ?? randomUUID
    this.#store = new BackupStore(options.storeFolder, this.cache)
  }

  readonly createBackup = this.operation('createBackup', (input, call) => this.#create(input, call))
  readonly verifyBackup = this.operation('verifyBackup', (input, call) => this.#verify(input, call))
  readonly restoreBackup = this.operation('restoreBackup', (input, call) => this.#restore(input, call))
  readonly applyRetention = this.operation('applyRetention', (input, call) => this.#retain(input, call), RETRIED)

  readonly listBackups = this.operation(
    'listBackups',
    async (input, { signal }) => pageOf(await this.#store.catalogue(input.subject, signal), input),
    { ...RETRIED, cache: { ...LISTS, stamp: ({ subject }) => this.#stamp(subject) } },
  )

  readonly deleteBackup = this.operation(
    'deleteBackup',
    async ({ subject, backupId }) => ({ deleted: await this.#store.remove(subject, backupId) }),
    RETRIED,
  )

  readonly getRetentionPolicy = this.operation(
    'getRetentionPolicy',
    () => storedPolicy.read(this.#store.paths),
    RETRIED,
  )

  readonly setRetentionPolicy = this.operation(
    'setRetentionPolicy',
    async (policy) => {
      storedPolicy.requireSome(policy)
      await storedPolicy.write(this.#store.paths, policy, this.#newId())
      return policy
    },
    RETRIED,
  )

  readonly eraseSubject = this.operation(
    'eraseSubject',
    async ({ subject }) => {
      const { backups, bytes } = await this.#store.erase(subject, this.#newId)
      // All of it: erasures are rare, and what was read of the subject is not to lie about in memory.
      this.cache.clear()
      return { erasedAt: this.#now(), removedBackups: backups, removedBytes: bytes }
    },
    RETRIED,
  )

  protected override async onStart(): Promise<void> {
    const maxAgeMs = this.#options.leftoverMaxAgeMs ?? DEFAULT_LEFTOVER_MAX_AGE_MS
    const swept = await sweepLeftovers(this.#store.paths, maxAgeMs, this.#newId)
    if (swept > 0) this.context.logger.warn('removed leftovers of interrupted backups', { swept })
  }

  async #create(input: Input<'createBackup'>, { signal, reportProgress }: Call): Output<'createBackup'> {
    const { subject, type } = input
    const meter = new ProgressMeter(this.context.clock, reportProgress)
    const head = { id: this.#newId(), subject, type, createdAt: this.#now(), writer: 'migrated' }
    const plan = await planEntries(input, this.#options)
    const flow = { signal, onBytes: meter.add }
    const manifest = await this.#store.publish({
      subject,
      id: head.id,
      signal,
      async write(file): Promise<Manifest> {
        meter.begin('writing')
        const written = await writeArchive(file, plan.entries, flow)
        if (written.entries.length === 0) throw backupErrors.create('nothing_to_back_up', {})
        return { format: FORMAT, formatVersion: FORMAT_VERSION, ...head, skippedCount: plan.skipped(), ...written }
      },
      async check(archive, manifest) {
        meter.begin('checking', bytesToRead(manifest))
        const { damage } = await inspectArchive(archive, manifest, flow)
        if (damage.some(({ kind }) => kind === 'archive_missing')) throw backupErrors.create('subject_erased', {})
        if (damage.length > 0) throw backupErrors.create('self_check_failed', {})
      },
    })
    meter.finish()
    return summaryOf(manifest)
  }

  async #verify(input: Input<'verifyBackup'>, { signal, reportProgress }: Call): Output<'verifyBackup'> {
    const { subject, backupId } = input
    const reading = await this.#store.read(subject, backupId)
    if (!reading.readable && reading.formatVersion === undefined)
      return { backupId, intact: false, damage: [{ kind: 'manifest_unreadable' }], checkedEntries: 0, checkedBytes: 0 }
    const manifest = await this.#store.manifest(subject, backupId)
    const meter = new ProgressMeter(this.context.clock, reportProgress)
    meter.begin('checking', bytesToRead(manifest))
    const findings = await inspectArchive(this.#archiveOf(input), manifest, { signal, onBytes: meter.add })
    // It may have been deleted meanwhile, which is no damage.
    if (findings.damage.length > 0) await this.#store.read(subject, backupId)
    meter.finish()
    return { backupId, intact: findings.damage.length === 0, ...findings }
  }

  async #restore(input: Input<'restoreBackup'>, { signal, reportProgress }: Call): Output<'restoreBackup'> {
    const meter = new ProgressMeter(this.context.clock, reportProgress)
    const manifest = await this.#store.manifest(input.subject, input.backupId)
    const receipt = await restoreArchive(input, {
      manifest,
      archive: this.#archiveOf(input),
      options: this.#options,
      newId: this.#newId,
      meter,
      signal,
    })
    meter.finish()
    return receipt
  }

  async #retain({ subject, type, dryRun }: Input<'applyRetention'>, { signal }: Call): Output<'applyRetention'> {
    const policy = await storedPolicy.read(this.#store.paths)
    storedPolicy.requireSome(policy)
    const catalogue = await this.#store.catalogue(subject, signal)
    const backups = catalogue.backups.filter((backup) => type === undefined || backup.type === type)
    const newest = backups[0]?.createdAt
    if (newest !== undefined && newest > this.#now()) throw backupErrors.create('clock_went_back', {})
    const decisions = planRetention(backups, policy)
    const removals = backups.filter((_backup, index) => decisions[index]?.keep === false)
    for (const backup of dryRun ? [] : removals) {
      signal.throwIfAborted()
      await this.#store.remove(backup.subject, backup.id)
    }
    const removedBytes = removals.reduce((bytes, { archiveBytes }) => bytes + archiveBytes, 0)
    const keptCount = backups.length - removals.length
    return { dryRun, policy, keptCount, removedCount: removals.length, removedBytes, decisions: [...decisions] }
  }

  /** The other implementation and other processes write to the same folder. Lists of everybody's are not kept. */
  async #stamp(subject: string | undefined): Promise<string | undefined> {
    return subject === undefined ? undefined : folderStamp(this.#store.paths.subject(subject), this.context.clock.now())
  }

  #archiveOf({ subject, backupId }: Readonly<{ subject: string; backupId: string }>): string {
    return this.#store.paths.backup(subject, backupId).archive
  }

  #now(): string {
    return new Date(this.context.clock.now()).toISOString()
  }
}

function bytesToRead(manifest: Manifest): number {
  return manifest.archive.sizeBytes + summaryOf(manifest).contentBytes
}

export function createMigratedBackupService(context: ServiceContext, options: BackupOptions): Managed<BackupService> {
  return new MigratedBackupService(context, options)
}
