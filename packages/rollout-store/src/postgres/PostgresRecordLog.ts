import { type Kysely, sql } from 'kysely'

import type { RecordChange, RecordHead, RecordLog, RecordRow } from '../records/RecordLog.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { PostgresAccess } from './PostgresAccess.ts'
import type { PostgresTables } from './PostgresTables.ts'

/** A record log in PostgreSQL, for a fleet. */
export class PostgresRecordLog implements RecordLog {
  readonly description: string
  readonly #access: PostgresAccess

  constructor(access: PostgresAccess) {
    this.description = access.connections.description
    this.#access = access
  }

  append(change: (head: RecordHead) => RecordChange): Promise<void> {
    return this.#access.run(async (database) => {
      const forgotten = await database.transaction().execute(async (transaction) => {
        const { rows, forget = [] } = change(await lockedHead(transaction))
        await insert(transaction, rows)
        return forgetPersonal(transaction, forget)
      })
      if (forgotten) await leaveNoTraces(database)
    })
  }

  read(afterSequence: number, limit: number, signal?: AbortSignal): Promise<readonly RecordRow[]> {
    return this.#access.run(async (database) => {
      const rows = await database
        .selectFrom('gradvis.record')
        .select(['sequence', 'body', 'hash', 'personal'])
        .where('sequence', '>', String(afterSequence))
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(({ sequence, body, hash, personal }) => ({ sequence: Number(sequence), body, hash, personal }))
    }, signal)
  }

  head(signal?: AbortSignal): Promise<RecordHead> {
    return this.#access.run(
      async (database) => headOf(await database.selectFrom('gradvis.record_head').selectAll().executeTakeFirst()),
      signal,
    )
  }

  close(): Promise<void> {
    return this.#access.close()
  }
}

/** Whoever else appends waits until this transaction has ended. */
async function lockedHead(transaction: Kysely<PostgresTables>): Promise<RecordHead> {
  return headOf(await transaction.selectFrom('gradvis.record_head').selectAll().forUpdate().executeTakeFirst())
}

function headOf(row: Readonly<{ sequence: string; hash: string }> | undefined): RecordHead {
  if (!row) throw rolloutStoreErrors.create('damaged', { table: 'record_head', id: 1 })
  return { sequence: Number(row.sequence), hash: row.hash }
}

async function insert(transaction: Kysely<PostgresTables>, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return
  const [sequences, bodies, hashes, personal] = [
    rows.map(({ sequence }) => sequence),
    rows.map(({ body }) => body),
    rows.map(({ hash }) => hash),
    rows.map((row) => row.personal),
  ]
  await sql`
    insert into gradvis.record (sequence, body, hash, personal)
    select * from unnest(${sequences}::bigint[], ${bodies}::text[], ${hashes}::text[], ${personal}::text[])
    `.execute(transaction)
}

/** Whether there was anything to forget. */
async function forgetPersonal(transaction: Kysely<PostgresTables>, sequences: readonly number[]): Promise<boolean> {
  if (sequences.length === 0) return false
  const result = await sql`
    update gradvis.record set personal = null
    where sequence = any (${sequences}::bigint[]) and personal is not null`.execute(transaction)
  return (result.numAffectedRows ?? 0n) > 0n
}

/**
 * What was forgotten is still in the old versions of the rows; here they are removed as soon as no transaction can see
 * them. Where the login may not, or it takes too long, the server's own upkeep does it at some later time.
 */
async function leaveNoTraces(database: Kysely<PostgresTables>): Promise<void> {
  await sql`vacuum gradvis.record`.execute(database).catch(() => {})
}
