import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

import type { Damage } from '../contract/VerificationReport.ts'
import { ArchiveReader, EntryChanged } from '../format/ArchiveReader.ts'
import type { Manifest, ManifestEntry } from '../format/Manifest.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'

export type LegacyCheck = Readonly<{ problems: readonly Damage[]; entries: number; bytes: number }>

/** Reads an archive from the first byte to the last and compares it with its manifest. */
export class LegacyArchiveChecker {
  readonly #signal: AbortSignal
  readonly #onBytes: (bytes: number) => void

  constructor(signal: AbortSignal, onBytes: (bytes: number) => void) {
    this.#signal = signal
    this.#onBytes = onBytes
  }

  static bytesToCheck(manifest: Manifest): number {
    let bytes = manifest.archive.sizeBytes
    for (const entry of manifest.entries) bytes += entry.sizeBytes
    return bytes
  }

  async check(file: string, manifest: Manifest): Promise<LegacyCheck> {
    try {
      const problems: Damage[] = []
      if (!(await this.#sameBytes(file, manifest))) problems.push({ kind: 'archive_changed' })
      const reader = await ArchiveReader.open(file, manifest.entries)
      try {
        return await this.#checkEntries(reader, manifest.entries, problems)
      } finally {
        await reader[Symbol.asyncDispose]()
      }
    } catch (error) {
      const code = LegacyBackupError.systemCode(error)
      if (code === 'ENOENT' || code === 'ELOOP')
        return { problems: [{ kind: 'archive_missing' }], entries: 0, bytes: 0 }
      throw error
    }
  }

  async #checkEntries(
    reader: ArchiveReader,
    entries: readonly ManifestEntry[],
    problems: Damage[],
  ): Promise<LegacyCheck> {
    problems.push(...reader.damage)
    if (!reader.readable) return { problems, entries: 0, bytes: 0 }
    const known = new Set(reader.damage.map((damage) => damage.path))
    let checkedEntries = 0
    let checkedBytes = 0
    for (const entry of entries) {
      if (known.has(entry.path)) continue
      checkedEntries += 1
      if (await this.#entryIsSame(reader, entry)) {
        checkedBytes += entry.sizeBytes
      } else {
        problems.push({ kind: 'entry_changed', path: entry.path })
      }
    }
    return { problems, entries: checkedEntries, bytes: checkedBytes }
  }

  async #entryIsSame(reader: ArchiveReader, entry: ManifestEntry): Promise<boolean> {
    try {
      for await (const chunk of reader.read(entry)) {
        this.#throwIfCancelled()
        this.#onBytes(chunk.length)
      }
      return true
    } catch (error) {
      if (error instanceof EntryChanged) return false
      throw error
    }
  }

  async #sameBytes(file: string, manifest: Manifest): Promise<boolean> {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      this.#throwIfCancelled()
      hash.update(chunk)
      bytes += chunk.length
      this.#onBytes(chunk.length)
    }
    return bytes === manifest.archive.sizeBytes && hash.digest('hex') === manifest.archive.sha256
  }

  #throwIfCancelled(): void {
    if (this.#signal.aborted) throw new LegacyBackupError('CANCELLED')
  }
}
