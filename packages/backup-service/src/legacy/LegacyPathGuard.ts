import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'

import { LegacyBackupError } from './LegacyBackupError.ts'

/** Decides which directories may be read and written on a caller's wish. */
export class LegacyPathGuard {
  readonly #storeDirectory: string
  readonly #readable: readonly string[]
  readonly #writable: readonly string[]

  constructor(storeDirectory: string, readable: readonly string[], writable: readonly string[]) {
    this.#storeDirectory = storeDirectory
    this.#readable = readable
    this.#writable = writable
  }

  /** The real path of a directory to back up. Throws DIRECTORY_FORBIDDEN or DIRECTORY_MISSING. */
  async directoryToRead(path: string): Promise<string> {
    if (!isAbsolute(path)) throw new LegacyBackupError('DIRECTORY_FORBIDDEN')
    const real = await this.#realOrNull(path)
    if (real === null) {
      // Do not tell about directories that nobody may ask for.
      const mayAsk = await this.#isBelowAny(resolve(path), this.#readable)
      throw new LegacyBackupError(mayAsk ? 'DIRECTORY_MISSING' : 'DIRECTORY_FORBIDDEN')
    }
    if (!(await this.#isBelowAny(real, this.#readable)) || (await this.#touchesStore(real)))
      throw new LegacyBackupError('DIRECTORY_FORBIDDEN')
    const stats = await lstat(real)
    if (!stats.isDirectory()) throw new LegacyBackupError('DIRECTORY_MISSING')
    return real
  }

  /** Where a restored directory goes, its parent's links resolved. Throws TARGET_FORBIDDEN. */
  async directoryToWrite(path: string): Promise<string> {
    if (!isAbsolute(path)) throw new LegacyBackupError('TARGET_FORBIDDEN')
    const parent = await this.#realOrNull(dirname(resolve(path)))
    if (parent === null || !(await this.#isBelowAny(parent, this.#writable)))
      throw new LegacyBackupError('TARGET_FORBIDDEN')
    const target = resolve(parent, basename(resolve(path)))
    if (await this.#touchesStore(target)) throw new LegacyBackupError('TARGET_FORBIDDEN')
    try {
      const stats = await lstat(target)
      if (!stats.isDirectory()) throw new LegacyBackupError('TARGET_FORBIDDEN')
    } catch (error) {
      if (LegacyBackupError.systemCode(error) !== 'ENOENT') throw error
    }
    return target
  }

  async #isBelowAny(path: string, roots: readonly string[]): Promise<boolean> {
    for (const root of roots) {
      const real = await this.#realOrNull(root)
      if (this.#isBelow(path, root) || (real !== null && this.#isBelow(path, real))) return true
    }
    return false
  }

  async #touchesStore(path: string): Promise<boolean> {
    const store = await realpath(this.#storeDirectory)
    return this.#isBelow(path, store) || this.#isBelow(store, path)
  }

  /** Compares whole components: `/data/files2` is not below `/data/files`. */
  #isBelow(path: string, root: string): boolean {
    const way = relative(root, path)
    if (way === '') return true
    return !isAbsolute(way) && way.split(sep)[0] !== '..'
  }

  async #realOrNull(path: string): Promise<string | null> {
    try {
      return await realpath(path)
    } catch (error) {
      if (LegacyBackupError.systemCode(error) === null) throw error
      return null
    }
  }
}
