import type { WindowCursor, WindowPage } from '@gradvis/rollout'
import { type Kysely, sql } from 'kysely'

import { EVERYBODY } from '../roll-up/EVERYBODY.ts'
import { type NewWindowRow, ROLL_UP_TABLE, storedWindow, WINDOW_TABLE, type WindowRow } from '../rows/windowRow.ts'
import { shareWindows } from './postgresLocks.ts'
import type { PostgresTables } from './PostgresTables.ts'

type StoredRow = WindowRow & Readonly<{ id: string }>
/** What every transaction below `horizon` has written is visible, and nothing will be added to it. */
export type Visibility = Readonly<{ horizon: string; watermark: string }>

export const WINDOW_COLUMNS = ['service', 'implementation', 'start_ms as startMs', 'end_ms as endMs', 'body'] as const

/** Leaves windows that are there already, and those that were rolled up since, alone. */
export async function insertPostgresWindows(
  database: Kysely<PostgresTables>,
  rows: readonly NewWindowRow[],
): Promise<void> {
  const column = <Name extends keyof NewWindowRow>(name: Name) => rows.map((row) => row[name])
  await database.transaction().execute(async (transaction) => {
    await shareWindows(transaction)
    await sql`
      insert into gradvis.observation_window (instance, service, implementation, start_ms, end_ms, slot_ms, body)
      select instance, service, implementation, start_ms, end_ms, slot_ms, body
      from unnest(
        ${column('instance')}::text[], ${column('service')}::text[], ${column('implementation')}::text[],
        ${column('startMs')}::float8[], ${column('endMs')}::float8[], ${column('slotMs')}::float8[],
        ${column('body')}::text[]
      ) with ordinality as new (instance, service, implementation, start_ms, end_ms, slot_ms, body, position)
      where not exists (
        select from gradvis.rolled_up_until as known
        where known.instance = new.instance and known.service = new.service
          and known.implementation = new.implementation and known.start_ms >= new.start_ms
      )
      order by position
      on conflict do nothing`.execute(transaction)
  })
}

/**
 * Ids are given before commits happen, so "the ids after the last one" would skip rows that were committed late. A
 * reader therefore stands at a transaction below which all have ended, and reads whole transactions.
 */
export async function readPostgresWindows(
  database: Kysely<PostgresTables>,
  from: WindowCursor | undefined,
  sinceMs: number,
): Promise<WindowPage> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const { horizon, watermark } = await visibility(transaction)
      const after = transactionOf(from)
      const restart = after === undefined || after <= BigInt(watermark) || after > BigInt(horizon)
      const cursor = `postgres:${horizon}` as WindowCursor
      if (!restart) return { windows: await windowsBetween(transaction, String(after), horizon), cursor, restart }
      const rollUps = await rollUpsSince(transaction, sinceMs)
      return { windows: [...rollUps, ...(await windowsBetween(transaction, '0', horizon, sinceMs))], cursor, restart }
    })
}

export async function visibility(transaction: Kysely<PostgresTables>): Promise<Visibility> {
  const result = await sql<Visibility>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, xact_id::text as watermark
    from gradvis.roll_up_watermark`.execute(transaction)
  return result.rows[0] as Visibility
}

async function windowsBetween(
  transaction: Kysely<PostgresTables>,
  after: string,
  horizon: string,
  sinceMs?: number,
): Promise<WindowPage['windows']> {
  const rows: readonly StoredRow[] = await transaction
    .selectFrom('gradvis.observation_window')
    .select(['id', 'instance', ...WINDOW_COLUMNS])
    .where('xact_id', '>=', after)
    .where('xact_id', '<', horizon)
    .$if(sinceMs !== undefined, (query) => query.where('end_ms', '>', Number(sinceMs)))
    .orderBy('xact_id')
    .orderBy('id')
    .execute()
  return rows.map(({ id, ...row }) => storedWindow(row, WINDOW_TABLE, id))
}

async function rollUpsSince(transaction: Kysely<PostgresTables>, sinceMs: number): Promise<WindowPage['windows']> {
  const rows = await transaction
    .selectFrom('gradvis.observation_roll_up')
    .select([sql.lit(EVERYBODY).$castTo<string>().as('instance'), ...WINDOW_COLUMNS])
    .where('end_ms', '>', sinceMs)
    .orderBy('slot_ms')
    .execute()
  return rows.map((row) => storedWindow(row, ROLL_UP_TABLE, `${row.service} ${row.implementation} ${row.startMs}`))
}

/** Undefined for the cursor of another kind of store. */
function transactionOf(cursor: WindowCursor | undefined): bigint | undefined {
  const [, digits] = /^postgres:(\d{1,20})$/.exec(cursor ?? '') ?? []
  return digits === undefined ? undefined : BigInt(digits)
}
