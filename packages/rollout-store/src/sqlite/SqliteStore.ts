import { scheduler } from 'node:timers/promises'

import { type Clock, type Disposer, disposer } from '@gradvis/kernel'
import type {
  Compaction,
  NewEvent,
  ObservationWindow,
  RolloutStore,
  StoredEvent,
  WindowCursor,
  WindowPage,
} from '@gradvis/rollout'

import { ChangeFeed } from '../changes/ChangeFeed.ts'
import { leaseMs } from '../leaseMs.ts'
import { windowsPerPage } from '../reading/windowsPerPage.ts'
import { BEFORE_ALL_SLOTS, type RolledSlot } from '../roll-up/RolledSlot.ts'
import { rollUpLimits } from '../roll-up/rollUpLimits.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import { DamagedRows } from '../rows/DamagedRows.ts'
import { windowRow } from '../rows/windowRow.ts'
import { leadSqlite } from './leadSqlite.ts'
import { expireSqlite, rollUpSqliteSlot } from './rollUpSqlite.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'
import { appendSqliteEvents, readSqliteEvents } from './sqliteEvents.ts'
import { readSqlitePage, toWindowPage } from './readSqlitePage.ts'
import { insertSqliteWindows } from './sqliteWindows.ts'
import { watchSqlite } from './watchSqlite.ts'

/** A store in one SQLite file, for every process of one host. Not for network file systems: they break its locks. */
export class SqliteStore implements RolloutStore {
  readonly description: string
  readonly #database: SqliteDatabase
  readonly #clock: Clock
  readonly #windowsPerPage: number
  readonly #damaged: DamagedRows
  readonly #feed: ChangeFeed

  constructor(database: SqliteDatabase, description: string, options: RolloutStoreOptions) {
    const { clock, logger } = options
    this.description = description
    this.#database = database
    this.#clock = clock
    this.#windowsPerPage = windowsPerPage(options)
    this.#damaged = new DamagedRows(logger)
    this.#feed = new ChangeFeed(
      () => watchSqlite(database, { clock, logger }, (last) => this.#feed.heard(last)),
      logger,
    )
  }

  async readEvents(afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]> {
    signal?.throwIfAborted()
    return this.#database.read(() => readSqliteEvents(this.#database, afterSequence))
  }

  async append(
    events: readonly NewEvent[],
    afterSequence: number,
    signal?: AbortSignal,
  ): Promise<readonly StoredEvent[]> {
    signal?.throwIfAborted()
    const append = () => appendSqliteEvents(this.#database, events, afterSequence, this.#clock.now())
    const stored = await this.#database.write(append)
    this.#feed.heard(afterSequence + stored.length)
    return stored
  }

  async writeWindows(windows: readonly ObservationWindow[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const rows = windows.map(windowRow)
    await this.#database.write(() => insertSqliteWindows(this.#database, rows))
  }

  async readWindows(
    { cursor, sinceMs = -Infinity }: Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number | undefined }>,
    signal?: AbortSignal,
  ): Promise<WindowPage> {
    signal?.throwIfAborted()
    const read = () => readSqlitePage(this.#database, { cursor, sinceMs }, this.#windowsPerPage)
    return toWindowPage(await this.#database.read(read), this.#damaged)
  }

  /** A slot at a time, so that nobody waits long for the lock or the event loop. */
  async compact(now: number, signal?: AbortSignal): Promise<Compaction> {
    const limits = rollUpLimits(now)
    let rolledUp = 0
    let next: RolledSlot | undefined = { slot: BEFORE_ALL_SLOTS, count: 0 }
    while (next) {
      signal?.throwIfAborted()
      const { slot }: RolledSlot = next
      next = await this.#database.write(() => rollUpSqliteSlot(this.#database, limits, slot, this.#damaged))
      rolledUp += next?.count ?? 0
      await scheduler.yield()
    }
    return { rolledUp, deleted: await this.#database.write(() => expireSqlite(this.#database, limits)) }
  }

  async lead(instance: string, ttlMs: number, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted()
    // The time is read under the lock: it may have been waited for.
    return this.#database.write(() => leadSqlite(this.#database, instance, leaseMs(ttlMs), this.#clock.now()))
  }

  subscribe(listener: () => void): Disposer {
    return this.#database.isOpen ? this.#feed.subscribe(listener) : disposer(() => {})
  }

  close(): Promise<void> {
    this.#feed.close()
    this.#database.close()
    return Promise.resolve()
  }
}
