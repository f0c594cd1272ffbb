import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { isServiceError } from '@gradvis/kernel'

import type { BackupRecord } from '../BackupSource.ts'
import { ArchiveReader, EntryChanged } from '../format/ArchiveReader.ts'
import type { Manifest, ManifestEntry } from '../format/Manifest.ts'
import { readRecords } from '../format/readRecords.ts'
import type { RestoreTarget } from '../RestoreTarget.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyDisk } from './LegacyDisk.ts'

type Step = Readonly<{ signal: AbortSignal; onBytes: (bytes: number) => void; makeId: () => string }>

/** Puts a checked archive back. Either everything arrives or nothing changes. */
export class LegacyRestorer {
  readonly #archive: string
  readonly #manifest: Manifest
  readonly #step: Step

  constructor(archive: string, manifest: Manifest, step: Step) {
    this.#archive = archive
    this.#manifest = manifest
    this.#step = step
  }

  async toDirectory(target: string, replace: boolean): Promise<void> {
    const staging = join(dirname(target), `.restoring-${this.#step.makeId()}`)
    await mkdir(staging)
    try {
      await this.#withReader(async (reader) => {
        for (const entry of this.#manifest.entries) await this.#extract(reader, entry, staging)
      })
      this.#throwIfCancelled()
      await this.#putInPlace(staging, target, replace)
    } catch (error) {
      await rm(staging, { recursive: true, force: true })
      throw error
    }
  }

  async toApplication(application: RestoreTarget, replace: boolean): Promise<void> {
    const entries = this.#manifest.entries.filter((entry) => entry.kind === 'records')
    const types = entries.map((entry) => entry.recordType)
    const { subject } = this.#manifest
    const { signal } = this.#step
    try {
      if (!replace && !(await application.isEmpty(subject, types, signal)))
        throw new LegacyBackupError('TARGET_NOT_EMPTY')
      await this.#withReader(async (reader) => {
        let readToEnd = false
        const records = this.#records(reader, entries, () => {
          readToEnd = true
        })
        await application.replace(subject, types, records, signal)
        if (!readToEnd) throw new Error('the application left records unread')
      })
    } catch (error) {
      if (error instanceof LegacyBackupError || isServiceError(error)) throw error
      this.#throwIfCancelled()
      throw new LegacyBackupError('RECORD_TARGET_FAILED', '', error)
    }
  }

  async #withReader(work: (reader: ArchiveReader) => Promise<void>): Promise<void> {
    const reader = await ArchiveReader.open(this.#archive, this.#manifest.entries)
    try {
      await work(reader)
    } catch (error) {
      if (error instanceof EntryChanged) throw new LegacyBackupError('CORRUPT_BACKUP', '', error)
      throw error
    } finally {
      await reader[Symbol.asyncDispose]()
    }
  }

  async #extract(reader: ArchiveReader, entry: ManifestEntry, staging: string): Promise<void> {
    const file = join(staging, entry.path)
    await mkdir(dirname(file), { recursive: true })
    const bytes = Readable.from(this.#watched(reader, entry), { objectMode: false })
    // wx: never through a link, never over a file whose name only differs by case.
    await pipeline(bytes, createWriteStream(file, { flags: 'wx' }))
    if (entry.kind === 'file') {
      const time = new Date(entry.modifiedAt)
      await utimes(file, time, time)
    }
  }

  async *#watched(reader: ArchiveReader, entry: ManifestEntry): AsyncGenerator<Buffer> {
    for await (const chunk of reader.read(entry)) {
      this.#throwIfCancelled()
      this.#step.onBytes(chunk.length)
      yield chunk
    }
  }

  async #putInPlace(staging: string, target: string, replace: boolean): Promise<void> {
    try {
      // Replaces an empty directory; the system refuses when it is not empty.
      await LegacyDisk.moveSafely(staging, target)
      return
    } catch (error) {
      const code = LegacyBackupError.systemCode(error)
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    }
    if (!replace) throw new LegacyBackupError('TARGET_NOT_EMPTY')
    const old = join(dirname(target), `.replaced-${this.#step.makeId()}`)
    await rename(target, old)
    try {
      await LegacyDisk.moveSafely(staging, target)
    } catch (error) {
      await rename(old, target)
      throw error
    }
    await rm(old, { recursive: true, force: true })
  }

  async *#records(
    reader: ArchiveReader,
    entries: readonly ManifestEntry[],
    onEnd: () => void,
  ): AsyncGenerator<BackupRecord> {
    for (const entry of entries) {
      for await (const record of readRecords(reader, entry, this.#step.onBytes)) {
        this.#throwIfCancelled()
        yield record
      }
    }
    onEnd()
  }

  #throwIfCancelled(): void {
    if (this.#step.signal.aborted) throw new LegacyBackupError('CANCELLED')
  }
}
