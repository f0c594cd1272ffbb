import { type Disposer, disposer } from '@gradvis/kernel'
import type {
  Compaction,
  NewEvent,
  ObservationWindow,
  RolloutStore,
  StoredEvent,
  WindowCursor,
  WindowPage,
} from '@gradvis/rollout'
import type { Kysely } from 'kysely'

import { ChangeFeed } from '../changes/ChangeFeed.ts'
import { leaseMs } from '../leaseMs.ts'
import { windowsPerPage } from '../reading/windowsPerPage.ts'
import { BEFORE_ALL_SLOTS, type RolledSlot } from '../roll-up/RolledSlot.ts'
import { rollUpLimits } from '../roll-up/rollUpLimits.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import { DamagedRows } from '../rows/DamagedRows.ts'
import { windowRow } from '../rows/windowRow.ts'
import { leadPostgres } from './leadPostgres.ts'
import { PostgresAccess } from './PostgresAccess.ts'
import type { PostgresConnections } from './PostgresConnections.ts'
import { appendPostgresEvents, lastPostgresSequence, readPostgresEvents } from './postgresEvents.ts'
import type { PostgresTables } from './PostgresTables.ts'
import { insertPostgresWindows } from './postgresWindows.ts'
import { readPostgresPage } from './readPostgresPage.ts'
import { expirePostgres, rollUpPostgresSlot } from './rollUpPostgres.ts'
import { type WatchOptions, watchPostgres } from './watchPostgres.ts'

/**
 * A store in PostgreSQL, for a fleet. Whoever gives up through a signal does not hear what became of a write: it happened
 * whole, or not at all. A transaction that is kept open anywhere on the server and has written something holds back what
 * `readWindows` gives and what `compact` adds up, for every reader, until it ends.
 */
export class PostgresStore implements RolloutStore {
  readonly description: string
  readonly #access: PostgresAccess
  readonly #windowsPerPage: number
  readonly #damaged: DamagedRows
  readonly #feed: ChangeFeed

  constructor(connections: PostgresConnections, options: WatchOptions & Pick<RolloutStoreOptions, 'windowsPerPage'>) {
    this.description = connections.description
    this.#access = new PostgresAccess(connections)
    this.#windowsPerPage = windowsPerPage(options)
    this.#damaged = new DamagedRows(options.logger)
    this.#feed = new ChangeFeed(
      () =>
        watchPostgres(options, {
          connect: () => connections.createClient(),
          lastSequence: () => this.#access.run(lastPostgresSequence),
          onSequence: (last) => this.#feed.heard(last),
          onConnected: () => this.#feed.lostTrack(),
        }),
      options.logger,
    )
  }

  readEvents(afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]> {
    return this.#access.run((database) => readPostgresEvents(database, afterSequence), signal)
  }

  async append(
    events: readonly NewEvent[],
    afterSequence: number,
    signal?: AbortSignal,
  ): Promise<readonly StoredEvent[]> {
    const stored = await this.#access.run((database) => appendPostgresEvents(database, events, afterSequence), signal)
    this.#feed.heard(afterSequence + stored.length)
    return stored
  }

  writeWindows(windows: readonly ObservationWindow[], signal?: AbortSignal): Promise<void> {
    return this.#access.run((database) => insertPostgresWindows(database, windows.map(windowRow)), signal)
  }

  readWindows(
    { cursor, sinceMs = -Infinity }: Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number | undefined }>,
    signal?: AbortSignal,
  ): Promise<WindowPage> {
    const read = (database: Kysely<PostgresTables>) =>
      readPostgresPage(database, { cursor, sinceMs }, this.#windowsPerPage, this.#damaged)
    return this.#access.run(read, signal)
  }

  compact(now: number, signal?: AbortSignal): Promise<Compaction> {
    const limits = rollUpLimits(now)
    return this.#access.run(async (database) => {
      let rolledUp = 0
      let next: RolledSlot | undefined = { slot: BEFORE_ALL_SLOTS, count: 0 }
      while (next) {
        signal?.throwIfAborted()
        next = await rollUpPostgresSlot(database, limits, next.slot, this.#damaged)
        rolledUp += next?.count ?? 0
      }
      return { rolledUp, deleted: await expirePostgres(database, limits) }
    }, signal)
  }

  lead(instance: string, ttlMs: number, signal?: AbortSignal): Promise<boolean> {
    return this.#access.run((database) => leadPostgres(database, instance, leaseMs(ttlMs)), signal)
  }

  subscribe(listener: () => void): Disposer {
    return this.#access.isClosed ? disposer(() => {}) : this.#feed.subscribe(listener)
  }

  close(): Promise<void> {
    this.#feed.close()
    return this.#access.close()
  }
}
