import { type FileHandle, lstat, mkdir, open, readdir, readFile, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { type ServiceCache, translateFailure } from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import type { BackupSummary } from '../contract/BackupSummary.ts'
import { type Manifest, type ManifestReading, parseManifest, serializeManifest, summaryOf } from '../format/Manifest.ts'
import { pageCursor } from '../format/pageCursor.ts'
import {
  type BackupPaths,
  storeFileKind,
  type StorePaths,
  storePaths,
  subjectFolderName,
} from '../format/storePaths.ts'
import { durable } from './durable.ts'
import { errno, unlessMissing } from './errno.ts'

export type Catalogue = Readonly<{ backups: readonly BackupSummary[]; unreadableCount: number }>

type Draft = Readonly<{
  subject: string
  id: string
  /** Writes the archive into the open file. */
  write: (archive: FileHandle) => Promise<Manifest>
  /** Rejects when the archive as it is on disk must not be published. */
  check: (archive: string, manifest: Manifest) => Promise<void>
  signal: AbortSignal
}>

/** How many manifests are read at once. */
const BATCH = 32
const CACHE_MS = 60 * 60 * 1000

/** The backups on disk. A backup exists from the moment its manifest has its name until that name is removed. */
export class BackupStore {
  readonly paths: StorePaths
  readonly #cache: ServiceCache

  constructor(storeFolder: string, cache: ServiceCache) {
    this.paths = storePaths(storeFolder)
    this.#cache = cache
  }

  /** Writes, checks and commits; or leaves nothing and rejects. An abort counts until the commit, not after. */
  publish(draft: Draft): Promise<Manifest> {
    return translateFailure(this.#publish(draft), erasedMeanwhile)
  }

  async #publish({ subject, id, write, check, signal }: Draft): Promise<Manifest> {
    const paths = this.paths.backup(subject, id)
    const folder = dirname(paths.archive)
    try {
      if (await mkdir(folder, { recursive: true })) await durable.syncFolder(this.paths.subjects)
      const manifest = await writePart(paths.archivePart, write)
      await check(paths.archivePart, manifest)
      await durable.write(paths.manifestPart, serializeManifest(manifest))
      await requireReadable(paths.manifestPart)
      signal.throwIfAborted()
      await durable.rename(paths.archivePart, paths.archive)
      await durable.rename(paths.manifestPart, paths.manifest)
      return manifest
    } catch (error) {
      await discard(paths)
      throw error
    }
  }

  /** Throws `not_found`. */
  async read(subject: string, id: string): Promise<ManifestReading> {
    const text = await textOf(this.paths.backup(subject, id).manifest)
    if (text === undefined) throw backupErrors.create('not_found', {})
    return placed(parseManifest(text), subjectFolderName(subject), id)
  }

  /** The manifest of a backup that is going to be used. Throws `not_found`, `unsupported_format` or `damaged`. */
  async manifest(subject: string, id: string): Promise<Manifest> {
    const reading = await this.read(subject, id)
    if (reading.readable) return reading.manifest
    const { formatVersion } = reading
    throw formatVersion === undefined
      ? backupErrors.create('damaged', {})
      : backupErrors.create('unsupported_format', { formatVersion })
  }

  /** Every backup of a subject, or of all, newest first. */
  async catalogue(subject: string | undefined, signal: AbortSignal): Promise<Catalogue> {
    const folders = subject === undefined ? await namesIn(this.paths.subjects) : [subjectFolderName(subject)]
    const backups: BackupSummary[] = []
    let unreadableCount = 0
    for (const folder of folders) {
      const ids = (await namesIn(this.paths.subjectNamed(folder))).map(storeFileKind)
      const manifests = ids.filter((file) => file?.kind === 'manifest').map((file) => file?.id as string)
      for (let start = 0; start < manifests.length; start += BATCH) {
        signal.throwIfAborted()
        const batch = manifests.slice(start, start + BATCH).map((id) => this.#summary(folder, id))
        for (const summary of await Promise.all(batch)) {
          if (summary === 'unreadable') unreadableCount += 1
          else if (summary !== 'gone') backups.push(summary)
        }
      }
    }
    return { backups: backups.sort(pageCursor.compare), unreadableCount }
  }

  /** Takes a backup away, its name first: what is left after a crash is a leftover, never half a backup. */
  async remove(subject: string, id: string): Promise<boolean> {
    const paths = this.paths.backup(subject, id)
    const existed = await removed(paths.manifest)
    if (existed) await durable.syncFolder(dirname(paths.manifest))
    await removed(paths.archive)
    return existed
  }

  /** Takes away all that a subject has, in one step for whoever looks, and counts it. */
  async erase(subject: string, newId: () => string): Promise<Readonly<{ backups: number; bytes: number }>> {
    const name = subjectFolderName(subject)
    await durable.rename(this.paths.subject(subject), join(this.paths.work, `${name}.${newId()}`)).catch(unlessMissing)
    await durable.syncFolder(this.paths.subjects)
    let [backups, bytes] = [0, 0]
    // Those of an erasure that was interrupted too.
    for (const erased of (await namesIn(this.paths.work)).filter((entry) => entry.startsWith(`${name}.`))) {
      const folder = join(this.paths.work, erased)
      for (const file of await namesIn(folder)) {
        if (storeFileKind(file)?.kind === 'manifest') backups += 1
        bytes += await sizeOf(join(folder, file))
      }
      await rm(folder, { recursive: true, force: true })
    }
    await durable.syncFolder(this.paths.work)
    return { backups, bytes }
  }

  /** Stamped by what changes when the file does, so that the other implementation's writes are seen at once. */
  async #summary(folder: string, id: string): Promise<BackupSummary | 'unreadable' | 'gone'> {
    const { version } = this.#cache
    const file = join(this.paths.subjectNamed(folder), `${id}.manifest.json`)
    const stats = await lstat(file, { bigint: true }).catch(unlessMissing)
    if (!stats) return 'gone'
    const key = `${file} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`
    const known = this.#cache.get(key)?.value as BackupSummary | undefined
    if (known) return known
    const text = await textOf(file)
    if (text === undefined) return 'gone'
    const reading = placed(parseManifest(text), folder, id)
    if (!reading.readable) return 'unreadable'
    const summary = summaryOf(reading.manifest)
    // What was read before an erasure may be what was erased.
    if (this.#cache.version === version) this.#cache.set(key, summary, { ttlMs: CACHE_MS, tags: [] })
    return summary
  }
}

/** The folder that we made is gone, and only an erasure takes folders away. */
function erasedMeanwhile(cause: unknown) {
  return errno(cause) === 'ENOENT' ? backupErrors.create('subject_erased', {}, { cause }) : undefined
}

async function writePart(part: string, write: Draft['write']): Promise<Manifest> {
  await using file = await open(part, 'wx')
  const manifest = await write(file)
  await file.sync()
  return manifest
}

/** A backup whose manifest does not read back would be lost the moment it is made. */
async function requireReadable(manifest: string): Promise<void> {
  if (!parseManifest(await readFile(manifest, 'utf8')).readable) throw backupErrors.create('self_check_failed', {})
}

/** Undoes a publication, its visible part first. */
async function discard(paths: BackupPaths): Promise<void> {
  const { manifest, manifestPart, archive, archivePart } = paths
  for (const file of [manifest, manifestPart, archive, archivePart]) await rm(file, { force: true }).catch(() => {})
}

/** A manifest counts only where it belongs: nobody gets at another subject's backup by moving files. */
function placed(reading: ManifestReading, folder: string, id: string): ManifestReading {
  if (!reading.readable) return reading
  const { manifest } = reading
  return manifest.id === id && subjectFolderName(manifest.subject) === folder ? reading : { readable: false }
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(unlessMissing)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(unlessMissing)) ?? []
}

async function removed(file: string): Promise<boolean> {
  return (await unlink(file).then(() => true, unlessMissing)) ?? false
}

async function sizeOf(file: string): Promise<number> {
  return (await lstat(file).catch(unlessMissing))?.size ?? 0
}
