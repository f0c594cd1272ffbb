import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { policyFile } from '../format/policyFile.ts'
import { storeFileKind, type StorePaths, subjectFolderName } from '../format/storePaths.ts'
import type { LegacyKeepRules } from './LegacyBackupConfig.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyDisk } from './LegacyDisk.ts'

/** Backups are personal data: no other user of the machine may read them. */
const OWNER_ONLY = 0o700
const DEFAULT_RULES: LegacyKeepRules = { days: 7, weeks: 4, months: 12 }

/** Removes, erases and tidies what is in the store, and keeps the rules. */
export class LegacyStoreKeeper {
  readonly #paths: StorePaths
  readonly #makeId: () => string

  constructor(paths: StorePaths, makeId: () => string) {
    this.#paths = paths
    this.#makeId = makeId
  }

  /** Removes old leftovers of interrupted jobs; returns how many. */
  async tidy(maxAgeMs: number): Promise<number> {
    for (const directory of [this.#paths.work, this.#paths.subjects])
      await mkdir(directory, { recursive: true, mode: OWNER_ONLY })
    const oldestAllowedMs = (await this.#fileSystemNowMs()) - maxAgeMs
    let removed = await this.#tidyWork(oldestAllowedMs)
    for (const directory of await LegacyDisk.namesIfThere(this.#paths.subjects)) {
      const path = this.#paths.subjectNamed(directory)
      const names = await LegacyDisk.namesIfThere(path)
      const ids = new Set<string>()
      for (const name of names) {
        const file = storeFileKind(name)
        if (file?.kind === 'manifest') ids.add(file.id)
      }
      for (const name of names) {
        const file = storeFileKind(name)
        const isLeftover = file?.kind === 'part' || (file?.kind === 'archive' && !ids.has(file.id))
        if (isLeftover && (await this.#removeIfOlder(join(path, name), oldestAllowedMs))) removed += 1
      }
    }
    return removed
  }

  /** The manifest goes first: from then on the backup does not exist. */
  async remove(owner: string, id: string): Promise<boolean> {
    const { archive, manifest } = this.#paths.backup(owner, id)
    const existed = await LegacyDisk.unlinkIfThere(manifest)
    if (existed) await LegacyDisk.sync(dirname(manifest))
    await LegacyDisk.unlinkIfThere(archive)
    return existed
  }

  /** Moves everything of an owner out of sight at once, then removes it. */
  async erase(owner: string): Promise<Readonly<{ backups: number; bytes: number }>> {
    const name = subjectFolderName(owner)
    try {
      await rename(this.#paths.subject(owner), join(this.#paths.work, `${name}.${this.#makeId()}`))
    } catch (error) {
      if (LegacyBackupError.systemCode(error) !== 'ENOENT') throw error
    }
    await LegacyDisk.sync(this.#paths.subjects)
    let backups = 0
    let bytes = 0
    for (const entry of await LegacyDisk.namesIfThere(this.#paths.work)) {
      // An erasure that was interrupted may have left one too.
      if (!entry.startsWith(`${name}.`)) continue
      const directory = join(this.#paths.work, entry)
      for (const file of await LegacyDisk.namesIfThere(directory)) {
        if (storeFileKind(file)?.kind === 'manifest') backups += 1
        bytes += await LegacyDisk.sizeIfThere(join(directory, file))
      }
      await rm(directory, { recursive: true, force: true })
    }
    await LegacyDisk.sync(this.#paths.work)
    return { backups, bytes }
  }

  async readRules(): Promise<LegacyKeepRules> {
    const text = await LegacyDisk.readTextIfThere(this.#paths.policy)
    if (text === null) return DEFAULT_RULES
    const policy = policyFile.parse(text)
    if (policy === undefined) throw new LegacyBackupError('RULES_CORRUPT')
    return { days: policy.daily, weeks: policy.weekly, months: policy.monthly }
  }

  async writeRules(rules: LegacyKeepRules): Promise<void> {
    const part = join(this.#paths.work, this.#makeId())
    const policy = { daily: rules.days, weekly: rules.weeks, monthly: rules.months }
    await LegacyDisk.writeNew(part, policyFile.serialize(policy))
    await LegacyDisk.moveSafely(part, this.#paths.policy)
  }

  /** The work directory itself stays: another process may be about to use it. */
  async #tidyWork(oldestAllowedMs: number): Promise<number> {
    let removed = 0
    for (const entry of await readdir(this.#paths.work, { withFileTypes: true })) {
      const path = join(this.#paths.work, entry.name)
      if (entry.isDirectory()) {
        // An erasure that was begun is finished, whatever its age.
        await rm(path, { recursive: true, force: true })
      } else if (await this.#removeIfOlder(path, oldestAllowedMs)) {
        removed += 1
      }
    }
    return removed
  }

  /** What the file system takes for now: its files are compared with nothing else. */
  async #fileSystemNowMs(): Promise<number> {
    const probe = join(this.#paths.work, this.#makeId())
    await writeFile(probe, '')
    const stats = await lstat(probe)
    await rm(probe)
    return stats.mtimeMs
  }

  async #removeIfOlder(file: string, oldestAllowedMs: number): Promise<boolean> {
    try {
      const stats = await lstat(file)
      if (stats.mtimeMs > oldestAllowedMs) return false
    } catch (error) {
      if (LegacyBackupError.systemCode(error) === 'ENOENT') return false
      throw error
    }
    return LegacyDisk.unlinkIfThere(file)
  }
}
