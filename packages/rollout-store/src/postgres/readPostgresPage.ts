import type { WindowCursor, WindowPage } from '@gradvis/rollout'
import { type Kysely, sql, type Transaction } from 'kysely'

import { cursorAt, type InRollUps, type InWindows, type Point, positionAt } from '../reading/ReaderPosition.ts'
import { afterRollUps, afterWindows, resume, type Visible } from '../reading/resume.ts'
import { EVERYBODY } from '../roll-up/EVERYBODY.ts'
import type { DamagedRows } from '../rows/DamagedRows.ts'
import { windowsOfRollUps, windowsOfRows, type WindowRow } from '../rows/windowRow.ts'
import type { PostgresTables } from './PostgresTables.ts'
import { WINDOW_COLUMNS } from './postgresWindows.ts'

const KIND = 'postgres'

type RollUpRow = WindowRow & Readonly<{ slotMs: number }>
type StoredRow = WindowRow & Readonly<{ id: string; writer: string }>

/**
 * Ids are given before commits happen, so "the ids after the last one" would skip rows that were committed late. A
 * reader therefore gets windows in the order of their transactions, of such only below which all have ended.
 */
export async function readPostgresPage(
  database: Kysely<PostgresTables>,
  from: Readonly<{ cursor: WindowCursor | undefined; sinceMs: number }>,
  limit: number,
  damaged: DamagedRows,
): Promise<WindowPage> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const visible = await visibility(transaction)
      const { position, restart } = resume(positionAt(KIND, from.cursor), visible, from.sinceMs)
      const rollUps = position.in === 'roll-ups' ? await rollUpsAfter(transaction, position, limit) : []
      const next = afterRollUps(position, rollUps, limit)
      const coarse = windowsOfRollUps(rollUps, damaged)
      if (next.in === 'roll-ups') return { windows: coarse, cursor: cursorAt(KIND, next), more: true, restart }
      const rows = await windowsAfter(transaction, next, visible, limit - rollUps.length)
      const end = afterWindows(next, rows.map(pointOf), limit - rollUps.length, visible)
      const windows = [...coarse, ...windowsOfRows(rows, damaged)]
      return { windows, cursor: cursorAt(KIND, end.position), more: end.more, restart }
    })
}

/** What every transaction below the horizon has written is visible, and nothing will be added to it. */
export async function visibility(transaction: Kysely<PostgresTables>): Promise<Visible> {
  const result = await sql<Record<keyof Visible, string>>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, xact_id::text as watermark,
      roll_ups as "rollUps" from gradvis.roll_up_watermark`.execute(transaction)
  const { horizon = 0, watermark = 0, rollUps = 0 } = result.rows[0] ?? {}
  return { horizon: BigInt(horizon), watermark: BigInt(watermark), rollUps: BigInt(rollUps) }
}

function rollUpsAfter(
  transaction: Transaction<PostgresTables>,
  { of, after }: InRollUps,
  limit: number,
): Promise<readonly RollUpRow[]> {
  return transaction
    .selectFrom('gradvis.observation_roll_up')
    .select(['slot_ms as slotMs', sql.lit(EVERYBODY).$castTo<string>().as('instance'), ...WINDOW_COLUMNS])
    .where('end_ms', '>', of.sinceMs)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(slot_ms, service, implementation)
          > (${after?.slotMs}::float8, ${after?.service}, ${after?.implementation})`,
      ),
    )
    .orderBy('slot_ms')
    .orderBy('service')
    .orderBy('implementation')
    .limit(limit)
    .execute()
}

function windowsAfter(
  transaction: Transaction<PostgresTables>,
  { of, after }: InWindows,
  { horizon }: Visible,
  limit: number,
): Promise<readonly StoredRow[]> {
  return transaction
    .selectFrom('gradvis.observation_window')
    .select(['id', sql<string>`xact_id::text`.as('writer'), 'instance', ...WINDOW_COLUMNS])
    .where(sql<boolean>`(xact_id, id) > (${String(after.writer)}::xid8, ${String(after.id)}::bigint)`)
    .where('xact_id', '<', String(of?.until ?? horizon))
    .$if(of !== undefined, (query) => query.where('end_ms', '>', Number(of?.sinceMs)))
    .orderBy('xact_id')
    .orderBy('id')
    .limit(limit)
    .execute()
}

function pointOf({ writer, id }: StoredRow): Point {
  return { writer: BigInt(writer), id: BigInt(id) }
}
