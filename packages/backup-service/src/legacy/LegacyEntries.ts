import { constants, createReadStream, type Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'

import { isServiceError } from '@gradvis/kernel'

import type { BackupRecord, BackupSource } from '../BackupSource.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import { isSafeEntryPath } from '../format/isSafeEntryPath.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'

const LINES_PER_CHUNK = 64 * 1024
/** Never through a link, and never waiting for a pipe's other end. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Something that goes into an archive as one entry. */
export interface LegacyEntry {
  readonly path: string
  open(signal: AbortSignal): Promise<Readable>
  /** Called when all was read; throws when it can't be trusted. */
  finish(bytes: number): Promise<void>
  /** What the manifest says besides path, size and checksum. */
  describe():
    | Readonly<{ kind: 'records'; recordType: string; recordCount: number }>
    | Readonly<{ kind: 'file'; modifiedAt: string }>
}

/** All records of one type of one owner, a line each. */
export class LegacyRecordsEntry implements LegacyEntry {
  readonly path: string
  readonly #source: BackupSource
  readonly #owner: string
  readonly #type: string
  #count = 0

  constructor(source: BackupSource, owner: string, type: string) {
    this.path = archiveLayout.recordsPath(type)
    this.#source = source
    this.#owner = owner
    this.#type = type
  }

  async open(signal: AbortSignal): Promise<Readable> {
    return Readable.from(this.#chunks(signal), { objectMode: false })
  }

  async finish(): Promise<void> {}

  describe() {
    return { kind: 'records', recordType: this.#type, recordCount: this.#count } as const
  }

  async *#chunks(signal: AbortSignal): AsyncGenerator<Buffer> {
    let lines = ''
    try {
      for await (const record of this.#source.records(this.#owner, this.#type, signal)) {
        this.#check(record)
        lines += `${JSON.stringify({ type: record.type, id: record.id, body: record.body })}\n`
        this.#count += 1
        if (lines.length >= LINES_PER_CHUNK) {
          yield Buffer.from(lines)
          lines = ''
        }
      }
    } catch (error) {
      if (isServiceError(error)) throw error
      throw new LegacyBackupError('RECORD_SOURCE_FAILED', this.#type, error)
    }
    if (lines !== '') yield Buffer.from(lines)
  }

  #check(record: BackupRecord): void {
    if (record.type !== this.#type) throw new TypeError('a record of another type')
    if (typeof record.id !== 'string' || record.body === undefined) throw new TypeError('a record without id or body')
  }
}

/** One file. It must be the same before and after it is read. */
export class LegacyFileEntry implements LegacyEntry {
  readonly path: string
  readonly #file: string
  #before: Stats | null = null

  constructor(file: string, path: string) {
    this.#file = file
    this.path = path
  }

  async open(): Promise<Readable> {
    this.#before = await this.#stats()
    const stream = createReadStream(this.#file, { flags: READ_FLAGS as never, highWaterMark: 128 * 1024 })
    return stream
  }

  async finish(bytes: number): Promise<void> {
    const after = await this.#stats()
    const before = this.#before
    if (before === null || before.size !== bytes || after.size !== bytes || before.mtimeMs !== after.mtimeMs)
      throw new LegacyBackupError('FILE_CHANGED')
  }

  describe() {
    return { kind: 'file', modifiedAt: archiveLayout.modifiedAt(this.#before?.mtimeMs ?? 0) } as const
  }

  async #stats(): Promise<Stats> {
    let stats: Stats
    try {
      stats = await lstat(this.#file)
    } catch (error) {
      throw new LegacyBackupError('FILE_UNREADABLE', LegacyBackupError.systemCode(error) ?? 'unknown', error)
    }
    if (!stats.isFile()) throw new LegacyBackupError('FILE_CHANGED')
    return stats
  }
}

/** Lists the files of directories, in a fixed order. */
export class LegacyFileWalker {
  #skipped = 0

  /** Links, pipes, sockets and devices that were passed over. */
  get skipped(): number {
    return this.#skipped
  }

  async *walk(directories: readonly string[]): AsyncGenerator<LegacyEntry> {
    const names = archiveLayout.folderNames(directories.map((directory) => basename(directory)))
    for (let index = 0; index < directories.length; index += 1)
      yield* this.#walkOne(directories[index] as string, names[index] as string, '')
  }

  async *#walkOne(directory: string, name: string, below: string): AsyncGenerator<LegacyEntry> {
    for (const child of await this.#children(join(directory, below))) {
      const childPath = below === '' ? child.name : `${below}/${child.name}`
      if (child.isDirectory()) {
        yield* this.#walkOne(directory, name, childPath)
      } else if (child.isFile()) {
        const path = archiveLayout.filePath(name, childPath)
        if (!isSafeEntryPath(path)) throw new LegacyBackupError('FILE_NAME_UNSAFE')
        yield new LegacyFileEntry(join(directory, childPath), path)
      } else {
        this.#skipped += 1
      }
    }
  }

  async #children(directory: string) {
    try {
      const children = await readdir(directory, { withFileTypes: true })
      return children.sort((a, b) => (a.name < b.name ? -1 : 1))
    } catch (error) {
      throw new LegacyBackupError('FILE_UNREADABLE', LegacyBackupError.systemCode(error) ?? 'unknown', error)
    }
  }
}
