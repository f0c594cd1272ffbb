import { ROLL_UP_TABLE, storedWindow, WINDOW_TABLE, type NewWindowRow, type WindowRow } from '../rows/windowRow.ts'
import type { ObservationWindow, WindowCursor, WindowPage } from '@gradvis/rollout'

import type { SqliteDatabase } from './SqliteDatabase.ts'

type StoredRow = WindowRow & Readonly<{ id: number }>

const COLUMNS = 'service, implementation, start_ms as startMs, end_ms as endMs, body'

/** Within a writing transaction. Leaves windows that are there already, and those that were rolled up since, alone. */
export function insertSqliteWindows(database: SqliteDatabase, rows: readonly NewWindowRow[]): void {
  const insert = database.statement(`
    insert into observation_window (instance, service, implementation, start_ms, end_ms, slot_ms, body)
    select :instance, :service, :implementation, :startMs, :endMs, :slotMs, :body
    where not exists (
      select 1 from rolled_up_until
      where instance = :instance and service = :service and implementation = :implementation and start_ms >= :startMs
    )
    on conflict do nothing`)
  for (const row of rows) insert.run({ ...row })
}

/** Ids rise in the order of commits: SQLite has one writer at a time. */
export type SqlitePage = Readonly<{
  rows: readonly StoredRow[]
  rollUps: readonly WindowRow[]
  cursor: WindowCursor
  restart: boolean
}>

/** Within one reading transaction. */
export function readSqlitePage(database: SqliteDatabase, from: WindowCursor | undefined, sinceMs: number): SqlitePage {
  const { last, watermark } = database
    .statement(
      `select (select coalesce(max(seq), 0) from sqlite_sequence where name = '${WINDOW_TABLE}') as last,
              (select id from roll_up_watermark) as watermark`,
    )
    .get() as unknown as Readonly<{ last: number; watermark: number }>
  const after = idOf(from)
  const restart = after === undefined || after < watermark || after > last
  const rows = database
    .statement(
      `select id, instance, ${COLUMNS} from observation_window where id > ? and (? = 0 or end_ms > ?) order by id`,
    )
    .all(restart ? 0 : after, Number(restart), sinceMs) as unknown as readonly StoredRow[]
  const rollUps = restart
    ? (database
        .statement(`select '*' as instance, ${COLUMNS} from observation_roll_up where end_ms > ? order by slot_ms`)
        .all(sinceMs) as unknown as readonly WindowRow[])
    : []
  return { rows, rollUps, cursor: `sqlite:${last}` as WindowCursor, restart }
}

/** Parses a page; slow for a large one, so outside the transaction. */
export function toWindowPage({ rows, rollUps, cursor, restart }: SqlitePage): WindowPage {
  const windows: ObservationWindow[] = [
    ...rollUps.map((row) => storedWindow(row, ROLL_UP_TABLE, `${row.service} ${row.implementation} ${row.startMs}`)),
    ...rows.map((row) => storedWindow(row, WINDOW_TABLE, String(row.id))),
  ]
  return { windows, cursor, restart }
}

/** Undefined for the cursor of another kind of store. */
function idOf(cursor: WindowCursor | undefined): number | undefined {
  const [, digits] = /^sqlite:(\d{1,15})$/.exec(cursor ?? '') ?? []
  return digits === undefined ? undefined : Number(digits)
}
