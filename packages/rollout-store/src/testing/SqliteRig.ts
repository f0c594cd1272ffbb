import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { silentLogger, systemClock } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'

import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import { openSqliteStore } from '../sqlite/openSqliteStore.ts'
import type { StoreRig } from './StoreRig.ts'

/** Stores on one file in a folder of its own. */
export class SqliteRig implements StoreRig {
  readonly folder: string
  readonly #opened: RolloutStore[] = []

  private constructor(folder: string) {
    this.folder = folder
  }

  static async create(): Promise<SqliteRig> {
    const rig = new SqliteRig(await mkdtemp(join(tmpdir(), 'gradvis-rollout-')))
    await rig.openAnother()
    return rig
  }

  get file(): string {
    return join(this.folder, 'state', 'rollout.db')
  }

  get store(): RolloutStore {
    return this.#opened[0] as RolloutStore
  }

  async openAnother(options: Partial<RolloutStoreOptions> = {}): Promise<RolloutStore> {
    const store = await openSqliteStore(this.file, { clock: systemClock, logger: silentLogger, ...options })
    this.#opened.push(store)
    return store
  }

  /** Past the store. */
  async query(sql: string): Promise<readonly unknown[]> {
    const database = new DatabaseSync(this.file)
    try {
      return database.prepare(sql).all()
    } finally {
      database.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#opened.map((store) => store.close()))
    await rm(this.folder, { recursive: true, force: true })
  }
}
