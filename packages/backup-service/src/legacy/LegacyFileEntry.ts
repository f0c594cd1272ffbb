import { constants, createReadStream, type Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import type { Readable } from 'node:stream'

import { archiveLayout } from '../format/archiveLayout.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import type { LegacyEntry } from './LegacyEntry.ts'

/** Never through a link, and never waiting for a pipe's other end. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

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
    // One byte more than there was is enough to know that it grows.
    const end = this.#before.size
    return createReadStream(this.#file, { flags: READ_FLAGS as never, end, highWaterMark: 128 * 1024 })
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
