import type { RecordChange, RecordHead, RecordLog, RecordRow } from '../records/RecordLog.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

/** A record log in one SQLite file, for every process of one host. */
export class SqliteRecordLog implements RecordLog {
  readonly description: string
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase, path: string) {
    this.description = `SQLite ${path === ':memory:' ? '(:memory:)' : path}`
    this.#database = database
    // What is forgotten is overwritten, and not only marked as free. From the beginning: rows are also moved.
    database.statement('pragma secure_delete = on').get()
  }

  async append(change: (head: RecordHead) => RecordChange): Promise<void> {
    const forgotten = await this.#database.write(() => {
      const { rows, forget = [] } = change(this.#head())
      this.#insert(rows)
      return this.#forget(forget)
    })
    if (forgotten) await this.#database.leaveNoTraces()
  }

  async read(afterSequence: number, limit: number, signal?: AbortSignal): Promise<readonly RecordRow[]> {
    signal?.throwIfAborted()
    return this.#database.read(
      () =>
        this.#database
          .statement('select sequence, body, hash, personal from record where sequence > ? order by sequence limit ?')
          .all(afterSequence, limit) as unknown as readonly RecordRow[],
    )
  }

  async head(signal?: AbortSignal): Promise<RecordHead> {
    signal?.throwIfAborted()
    return this.#database.read(() => this.#head())
  }

  close(): Promise<void> {
    this.#database.close()
    return Promise.resolve()
  }

  #head(): RecordHead {
    const head = this.#database.statement('select sequence, hash from record_head').get()
    if (!head) throw rolloutStoreErrors.create('damaged', { table: 'record_head', id: 1 })
    return head as unknown as RecordHead
  }

  #insert(rows: readonly RecordRow[]): void {
    const insert = this.#database.statement('insert into record (sequence, body, hash, personal) values (?, ?, ?, ?)')
    for (const { sequence, body, hash, personal } of rows) insert.run(sequence, body, hash, personal)
  }

  /** Whether there was anything to forget. */
  #forget(sequences: readonly number[]): boolean {
    const forget = this.#database.statement(
      'update record set personal = null where sequence = ? and personal is not null',
    )
    let count = 0
    for (const sequence of sequences) count += Number(forget.run(sequence).changes)
    return count > 0
  }
}
