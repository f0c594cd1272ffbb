import { silentLogger, systemClock } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'
import pg from 'pg'

import { openPostgresStore } from '../postgres/openPostgresStore.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import type { PostgresServer } from './startPostgres.ts'
import type { StoreRig } from './StoreRig.ts'

/** Stores on one new database of a running server. */
export class PostgresRig implements StoreRig {
  readonly url: string
  readonly #opened: RolloutStore[] = []

  private constructor(url: string) {
    this.url = url
  }

  static async create(server: PostgresServer): Promise<PostgresRig> {
    const rig = new PostgresRig(await server.createDatabase())
    await rig.openAnother()
    return rig
  }

  get store(): RolloutStore {
    return this.#opened[0] as RolloutStore
  }

  async openAnother(options: Partial<RolloutStoreOptions> = {}, url = this.url): Promise<RolloutStore> {
    const store = await openPostgresStore(url, { clock: systemClock, logger: silentLogger, ...options })
    this.#opened.push(store)
    return store
  }

  /** As the owner of the database, past the store. */
  async query(sql: string): Promise<readonly unknown[]> {
    const client = new pg.Client({ connectionString: this.url })
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#opened.map((store) => store.close()))
  }
}
