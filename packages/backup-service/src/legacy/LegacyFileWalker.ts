import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { archiveLayout } from '../format/archiveLayout.ts'
import { isSafeEntryPath } from '../format/isSafeEntryPath.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import type { LegacyEntry } from './LegacyEntry.ts'
import { LegacyFileEntry } from './LegacyFileEntry.ts'

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
