import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

import { type Clock, sleep } from '@gradvis/kernel'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { prepareSqlite } from './prepareSqlite.ts'
import { isBusy, sqliteFailure } from './sqliteFailure.ts'

/** SQLite waits this long for a lock, blocking the event loop; what takes longer is retried without blocking it. */
const BLOCKING_WAIT_MS = 50
const PAUSE_MS = 20
const ATTEMPTS = 75

type Waiting = Readonly<{ clock: Clock; random: () => number }>

/** One connection. Everything that it throws is a ServiceError `rollout_store.…`. */
export class SqliteDatabase {
  readonly #database: DatabaseSync
  readonly #waiting: Waiting
  readonly #statements = new Map<string, StatementSync>()

  private constructor(database: DatabaseSync, waiting: Waiting) {
    this.#database = database
    this.#waiting = waiting
  }

  /** Creates the file and its folder where they are missing. */
  static async open(path: string, waiting: Waiting): Promise<SqliteDatabase> {
    if (path !== ':memory:') await createFolder(dirname(path))
    return patiently(waiting, () => {
      const database = new DatabaseSync(path, { timeout: BLOCKING_WAIT_MS })
      try {
        prepareSqlite(database)
        return new SqliteDatabase(database, waiting)
      } catch (error) {
        database.close()
        throw error
      }
    })
  }

  /** Prepared once. Use it within `read` and `write`, which translate what it throws. */
  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** All that `work` reads is of one moment. */
  read<Result>(work: () => Result): Promise<Result> {
    return patiently(this.#waiting, () => this.#within('begin', work))
  }

  /** All that `work` writes, or none of it; durable when it resolves. Called again when the database was locked. */
  write<Result>(work: () => Result): Promise<Result> {
    return patiently(this.#waiting, () => this.#within('begin immediate', work))
  }

  /**
   * Takes what was overwritten out of the journal, too. Where readers do not let it happen within some seconds, or it
   * fails, the next writer that starts the journal anew overwrites it. Never rejects.
   */
  async leaveNoTraces(): Promise<void> {
    const { clock, random } = this.#waiting
    for (let attempt = 1; attempt <= ATTEMPTS && this.isOpen; attempt++) {
      if (this.#emptyJournal()) return
      await sleep(clock, random() * PAUSE_MS)
    }
  }

  /** Another number whenever another connection has committed. Costs microseconds. */
  dataVersion(): number {
    return Number(this.statement('pragma data_version').get()?.['data_version'])
  }

  get isOpen(): boolean {
    return this.#database.isOpen
  }

  close(): void {
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #emptyJournal(): boolean {
    try {
      return this.statement('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0
    } catch {
      return false
    }
  }

  #within<Result>(begin: string, work: () => Result): Result {
    if (!this.#database.isOpen) throw rolloutStoreErrors.create('closed', {})
    this.#database.exec(begin)
    try {
      const result = work()
      this.#database.exec('commit')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback')
      throw error
    }
  }
}

async function patiently<Result>({ clock, random }: Waiting, work: () => Result): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS) throw sqliteFailure(error)
      await sleep(clock, random() * PAUSE_MS)
    }
  }
}

async function createFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'EROFS') throw rolloutStoreErrors.create('read_only', {}, { cause: error })
    throw rolloutStoreErrors.create('cannot_open', { reason: code }, { cause: error })
  }
}
