import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import type { Managed } from '@gradvis/base-service'
import type { Clock } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import type { AuditTrail } from '@gradvis/privacy'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'

import type { BackupOptions } from '../BackupOptions.ts'
import type { BackupService } from '../contract/BackupService.ts'
import { generatedSource } from './generatedSource.ts'
import { MemoryRestoreTarget } from './MemoryRestoreTarget.ts'

/** Makes an implementation, not started. It leaves its audit entries in the trail that it is given. */
export type CreateBackupService = (options: BackupOptions, clock: Clock, audit?: AuditTrail) => Managed<BackupService>

/** A store, folders, an application and a clock for one test. Stops what it started and removes its folders. */
export class BackupRig implements AsyncDisposable {
  readonly root: string
  readonly target = new MemoryRestoreTarget()
  readonly trail = new RecordingAuditTrail()
  readonly clock = new ManualClock('2025-01-16T08:00:00Z')
  readonly #started: Managed<BackupService>[] = []

  private constructor(root: string) {
    this.root = root
  }

  static async create(): Promise<BackupRig> {
    const rig = new BackupRig(await realpath(await mkdtemp(join(tmpdir(), 'gradvis-backup-'))))
    for (const folder of ['files', 'restored']) await mkdir(join(rig.root, folder))
    return rig
  }

  get store(): string {
    return join(this.root, 'store')
  }

  /** A path among the files that may be backed up. */
  file(path = ''): string {
    return join(this.root, 'files', path)
  }

  /** A path where backups may be restored. */
  restored(path = ''): string {
    return join(this.root, 'restored', path)
  }

  options(overrides: Partial<BackupOptions> = {}): BackupOptions {
    return {
      storeFolder: this.store,
      source: generatedSource(),
      restoreTarget: this.target,
      sourceRoots: [this.file()],
      restoreRoots: [this.restored()],
      ...overrides,
    }
  }

  async start(
    create: CreateBackupService,
    overrides: Partial<BackupOptions> = {},
    clock: Clock = this.clock,
  ): Promise<Managed<BackupService>> {
    const service = create(this.options(overrides), clock, this.trail)
    this.#started.push(service)
    await service.start()
    return service
  }

  /** Writes files below `file()`, by path. */
  async writeFiles(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(this.file(path)), { recursive: true })
      await writeFile(this.file(path), content)
    }
  }

  /** Every file below a folder with its text, by path from there. Empty when there is no folder. */
  async read(folder: string): Promise<Record<string, string>> {
    const paths = await readdir(folder, { recursive: true }).catch(() => [])
    const texts: Record<string, string> = {}
    for (const path of paths.toSorted((a, b) => (a < b ? -1 : 1)))
      if ((await stat(join(folder, path))).isFile()) texts[path] = await readFile(join(folder, path), 'utf8')
    return texts
  }

  /** Paths of everything in subjects' folders, from the store. */
  async stored(): Promise<readonly string[]> {
    return Object.keys(await this.read(join(this.store, 'subjects')))
  }

  /** The path of the one stored file with this ending. */
  async only(ending: string): Promise<string> {
    const paths = (await this.stored()).filter((path) => path.endsWith(ending))
    if (paths.length !== 1) throw new Error(`${paths.length} files end with ${ending}`)
    return join(this.store, 'subjects', paths[0] as string)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#started.map((service) => service.stop()))
    await rm(this.root, { recursive: true, force: true })
  }
}

/** An opaque id of an invented subject. */
export function aSubject(): string {
  return `subject-${randomUUID()}`
}
