import type { WindowCursor, WindowPage } from '@gradvis/rollout'

import {
  cursorAt,
  type InRollUps,
  type InWindows,
  type Point,
  positionAt,
  type ReaderPosition,
} from '../reading/ReaderPosition.ts'
import { afterRollUps, afterWindows, resume, type Visible } from '../reading/resume.ts'
import type { DamagedRows } from '../rows/DamagedRows.ts'
import { WINDOW_TABLE, windowsOfRollUps, windowsOfRows, type WindowRow } from '../rows/windowRow.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

const KIND = 'sqlite'
const COLUMNS = 'service, implementation, start_ms as startMs, end_ms as endMs, body'

type RollUpRow = WindowRow & Readonly<{ slotMs: number }>
type StoredRow = WindowRow & Readonly<{ id: number }>

/** A page that was not parsed yet. */
export type SqlitePage = Readonly<{
  rollUps: readonly RollUpRow[]
  rows: readonly StoredRow[]
  position: ReaderPosition
  more: boolean
  restart: boolean
}>

/** Within one reading transaction. Ids rise in the order of commits: SQLite has one writer at a time. */
export function readSqlitePage(
  database: SqliteDatabase,
  from: Readonly<{ cursor: WindowCursor | undefined; sinceMs: number }>,
  limit: number,
): SqlitePage {
  const visible = visibility(database)
  const { position, restart } = resume(positionAt(KIND, from.cursor), visible, from.sinceMs)
  const rollUps = position.in === 'roll-ups' ? rollUpsAfter(database, position, limit) : []
  const next = afterRollUps(position, rollUps, limit)
  if (next.in === 'roll-ups') return { rollUps, rows: [], position: next, more: true, restart }
  const rows = windowsAfter(database, next, visible, limit - rollUps.length)
  return { rollUps, rows, ...afterWindows(next, rows.map(pointOf), limit - rollUps.length, visible), restart }
}

/** Parses a page; slow for a large one, so outside the transaction. */
export function toWindowPage({ rollUps, rows, position, more, restart }: SqlitePage, damaged: DamagedRows): WindowPage {
  const windows = [...windowsOfRollUps(rollUps, damaged), ...windowsOfRows(rows, damaged)]
  return { windows, cursor: cursorAt(KIND, position), more, restart }
}

function visibility(database: SqliteDatabase): Visible {
  const { last, watermark, rollUps } = database
    .statement(
      `select (select coalesce(max(seq), 0) from sqlite_sequence where name = '${WINDOW_TABLE}') as last,
              id as watermark, roll_ups as rollUps from roll_up_watermark`,
    )
    .get() as unknown as Readonly<Record<'last' | 'watermark' | 'rollUps', number>>
  return { horizon: BigInt(last) + 1n, watermark: BigInt(watermark), rollUps: BigInt(rollUps) }
}

function rollUpsAfter(database: SqliteDatabase, { of, after }: InRollUps, limit: number): readonly RollUpRow[] {
  const { slotMs = -Infinity, service = '', implementation = '' } = after ?? {}
  return database
    .statement(
      `select slot_ms as slotMs, '*' as instance, ${COLUMNS} from observation_roll_up
       where end_ms > ? and (slot_ms, service, implementation) > (?, ?, ?)
       order by slot_ms, service, implementation limit ?`,
    )
    .all(of.sinceMs, slotMs, service, implementation, limit) as unknown as readonly RollUpRow[]
}

function windowsAfter(
  database: SqliteDatabase,
  { of, after }: InWindows,
  { horizon }: Visible,
  limit: number,
): readonly StoredRow[] {
  return database
    .statement(
      `select id, instance, ${COLUMNS} from observation_window
       where id >= ? and id < ? and (? = 0 or end_ms > ?) order by id limit ?`,
    )
    .all(
      after.writer,
      of?.until ?? horizon,
      Number(of !== undefined),
      of?.sinceMs ?? 0,
      limit,
    ) as unknown as readonly StoredRow[]
}

/** Each window is the only one of its writer, so the reader stands before the next one. */
function pointOf({ id }: StoredRow): Point {
  return { writer: BigInt(id) + 1n, id: 0n }
}
