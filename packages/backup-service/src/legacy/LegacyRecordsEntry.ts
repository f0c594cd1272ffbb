import { Readable } from 'node:stream'

import { isServiceError } from '@gradvis/kernel'

import type { BackupRecord, BackupSource } from '../BackupSource.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import type { LegacyEntry } from './LegacyEntry.ts'

const CHARS_PER_CHUNK = 64 * 1024

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
        if (lines.length >= CHARS_PER_CHUNK) {
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
