import { lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { type Manifest, parseManifest, summaryOf } from '../format/Manifest.ts'
import { pageCursor } from '../format/pageCursor.ts'
import { storeFileKind, type StorePaths, subjectFolderName } from '../format/storePaths.ts'
import type { BackupSummary } from '../contract/BackupSummary.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyDisk } from './LegacyDisk.ts'
import type { LegacyRetry } from './LegacyRetry.ts'

export type LegacyCatalogPage = Readonly<{ items: readonly BackupSummary[]; next: string | null; broken: number }>

type CacheEntry = Readonly<{ stamp: string; summary: BackupSummary; bytes: number }>

const MAX_CACHED = 5000

/** Finds backups by their manifests and remembers what they say, until a manifest's file changes. */
export class LegacyCatalog {
  readonly #paths: StorePaths
  readonly #retry: LegacyRetry
  readonly #cache = new Map<string, CacheEntry>()
  #cachedBytes = 0

  constructor(paths: StorePaths, retry: LegacyRetry) {
    this.#paths = paths
    this.#retry = retry
  }

  get cachedBytes(): number {
    return this.#cachedBytes
  }

  forgetCache(): void {
    this.#cache.clear()
    this.#cachedBytes = 0
  }

  /** The manifest, or null when it is damaged. Throws NO_SUCH_BACKUP and UNKNOWN_FORMAT. */
  async findManifest(owner: string, id: string): Promise<Manifest | null> {
    const file = this.#paths.backup(owner, id).manifest
    const text = await this.#retry.run(() => LegacyDisk.readTextIfThere(file))
    if (text === null) throw new LegacyBackupError('NO_SUCH_BACKUP')
    const reading = parseManifest(text)
    if (!reading.readable) {
      if (reading.formatVersion !== undefined)
        throw new LegacyBackupError('UNKNOWN_FORMAT', String(reading.formatVersion))
      return null
    }
    if (reading.manifest.id !== id || reading.manifest.subject !== owner) return null
    return reading.manifest
  }

  /** The manifest of a backup that is to be used. Throws CORRUPT_BACKUP too. */
  async requireManifest(owner: string, id: string): Promise<Manifest> {
    const manifest = await this.findManifest(owner, id)
    if (manifest === null) throw new LegacyBackupError('CORRUPT_BACKUP')
    return manifest
  }

  /** All backups of one owner or of everybody, newest first, and how many manifests are broken. */
  async all(
    owner: string | null,
    kind: string | null,
    signal: AbortSignal,
  ): Promise<Readonly<{ items: readonly BackupSummary[]; broken: number }>> {
    const directories =
      owner === null
        ? await this.#retry.run(() => LegacyDisk.namesIfThere(this.#paths.subjects))
        : [subjectFolderName(owner)]
    const items: BackupSummary[] = []
    let broken = 0
    for (const directory of directories) {
      const names = await this.#retry.run(() => LegacyDisk.namesIfThere(this.#paths.subjectNamed(directory)))
      for (const name of names) {
        if (storeFileKind(name)?.kind !== 'manifest') continue
        signal.throwIfAborted()
        const found = await this.#retry.run(() => this.#summary(join(this.#paths.subjectNamed(directory), name)))
        if (found === 'broken') {
          broken += 1
        } else if (found !== 'gone' && (kind === null || found.type === kind)) {
          items.push(found)
        }
      }
    }
    items.sort((a, b) => pageCursor.compare(a, b))
    return { items, broken }
  }

  async page(
    query: Readonly<{ owner: string | null; kind: string | null; count: number; after: string | null }>,
    signal: AbortSignal,
  ): Promise<LegacyCatalogPage> {
    const { owner, kind, count, after } = query
    const place = after === null ? null : pageCursor.decode(after)
    if (place === undefined) throw new LegacyBackupError('BAD_PAGE_MARK')
    const { items, broken } = await this.all(owner, kind, signal)
    const remaining = place === null ? items : items.filter((item) => pageCursor.compare(place, item) < 0)
    const shown = remaining.slice(0, count)
    const last = shown[shown.length - 1]
    const next = remaining.length > count && last !== undefined ? pageCursor.encode(last) : null
    return { items: shown, next, broken }
  }

  async #summary(file: string): Promise<BackupSummary | 'gone' | 'broken'> {
    const stamp = await this.#stamp(file)
    if (stamp === null) return 'gone'
    const cached = this.#cache.get(file)
    if (cached !== undefined && cached.stamp === stamp) return cached.summary
    const text = await LegacyDisk.readTextIfThere(file)
    if (text === null) return 'gone'
    const reading = parseManifest(text)
    if (!reading.readable) return 'broken'
    const { id, subject } = reading.manifest
    if (basename(file) !== `${id}.manifest.json` || basename(dirname(file)) !== subjectFolderName(subject))
      return 'broken'
    const summary = summaryOf(reading.manifest)
    this.#remember(file, stamp, summary)
    return summary
  }

  async #stamp(file: string): Promise<string | null> {
    try {
      const stats = await lstat(file, { bigint: true })
      return `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`
    } catch (error) {
      if (LegacyBackupError.systemCode(error) === 'ENOENT') return null
      throw error
    }
  }

  #remember(file: string, stamp: string, summary: BackupSummary): void {
    this.#drop(file)
    if (this.#cache.size >= MAX_CACHED) {
      // A Map keeps the order of insertion, so the first key is the oldest.
      const oldest = this.#cache.keys().next().value
      if (oldest !== undefined) this.#drop(oldest)
    }
    const bytes = 2 * (file.length + stamp.length + JSON.stringify(summary).length)
    this.#cache.set(file, { stamp, summary, bytes })
    this.#cachedBytes += bytes
  }

  #drop(file: string): void {
    const entry = this.#cache.get(file)
    if (entry !== undefined) {
      this.#cache.delete(file)
      this.#cachedBytes -= entry.bytes
    }
  }
}
