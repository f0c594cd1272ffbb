import { mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { LegacyBackupError } from './LegacyBackupError.ts'

function isMissing(error: unknown): boolean {
  return LegacyBackupError.systemCode(error) === 'ENOENT'
}

/** The few things that the service asks of the file system, with "it is not there" as an answer and not an error. */
export const LegacyDisk = {
  async readTextIfThere(file: string): Promise<string | null> {
    try {
      return await readFile(file, 'utf8')
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  },

  async namesIfThere(directory: string): Promise<string[]> {
    try {
      return await readdir(directory)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  },

  async unlinkIfThere(file: string): Promise<boolean> {
    try {
      await unlink(file)
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  },

  async sizeIfThere(file: string): Promise<number> {
    try {
      const stats = await stat(file)
      return stats.size
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  },

  /** Has the disk keep a file's bytes, or which names a directory has. */
  async sync(path: string): Promise<void> {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },

  async makeDirectory(directory: string): Promise<void> {
    const made = await mkdir(directory, { recursive: true })
    if (made !== undefined) await LegacyDisk.sync(dirname(directory))
  },

  async writeNew(file: string, text: string): Promise<void> {
    await writeFile(file, text, { flag: 'wx' })
    await LegacyDisk.sync(file)
  },

  async moveSafely(from: string, to: string): Promise<void> {
    await rename(from, to)
    await LegacyDisk.sync(dirname(to))
  },
}
