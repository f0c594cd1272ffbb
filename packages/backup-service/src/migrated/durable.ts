import { open, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** File writes that a power failure does not undo or halve. */
export const durable = {
  /** Writes a new file and has the disk keep it. */
  async write(file: string, text: string): Promise<void> {
    await writeFile(file, text, { flag: 'wx', flush: true })
  },

  /** Renames, replacing what is there, and has the disk keep the new name. */
  async rename(from: string, to: string): Promise<void> {
    await rename(from, to)
    await durable.syncFolder(dirname(to))
  },

  /** Has the disk keep which names a folder has. */
  async syncFolder(folder: string): Promise<void> {
    await using handle = await open(folder, 'r')
    await handle.sync()
  },
}
