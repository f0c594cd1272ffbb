import type { ObservationWindow } from '@gradvis/rollout'

import type { RollUpLimits } from '../roll-up/rollUpLimits.ts'
import { WindowSum } from '../roll-up/WindowSum.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { ROLL_UP_TABLE, storedWindow, WINDOW_TABLE, windowBody, type WindowRow } from '../rows/windowRow.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

type Slot = Readonly<{ slotMs: number; service: string; implementation: ObservationWindow['implementation'] }>

const OF_SLOT = 'slot_ms = :slotMs and service = :service and implementation = :implementation'
const ENDED = `${OF_SLOT} and end_ms <= :lastEndMs`
const COLUMNS = 'service, implementation, start_ms as startMs, end_ms as endMs, body'

/** Adds the windows of the oldest slot that is due up. How many they were; 0 when none is due. */
export function rollUpSqliteSlot(database: SqliteDatabase, { lastSlotMs, lastEndMs }: RollUpLimits): number {
  const due = database
    .statement(
      `select slot_ms as slotMs, service, implementation from observation_window
       where slot_ms <= ? and end_ms <= ? order by slot_ms, service, implementation limit 1`,
    )
    .get(lastSlotMs, lastEndMs) as unknown as Slot | undefined
  if (due === undefined) return 0
  const slot = { ...due }
  writeRollUp(database, slot, sumOf(database, slot, lastEndMs))
  const ended = { ...slot, lastEndMs }
  database.statement(REMEMBER_UNTIL).run(ended)
  database.statement(MOVE_WATERMARK).run(ended)
  return Number(database.statement(`delete from observation_window where ${ENDED}`).run(ended).changes)
}

const REMEMBER_UNTIL = `
  insert into rolled_up_until (instance, service, implementation, start_ms)
  select instance, service, implementation, max(start_ms) from observation_window where ${ENDED} group by instance
  on conflict do update set start_ms = max(start_ms, excluded.start_ms)`

const MOVE_WATERMARK = `
  update roll_up_watermark
  set roll_ups = roll_ups + 1, id = max(id, (select max(id) from observation_window where ${ENDED}))`

function sumOf(database: SqliteDatabase, slot: Slot, lastEndMs: number): WindowSum {
  const sum = new WindowSum()
  const before = database
    .statement(`select '*' as instance, ${COLUMNS} from observation_roll_up where ${OF_SLOT}`)
    .all({ ...slot }) as unknown as readonly WindowRow[]
  const rows = database
    .statement(`select id, instance, ${COLUMNS} from observation_window where ${ENDED}`)
    .iterate({ ...slot, lastEndMs }) as unknown as Iterable<WindowRow & Readonly<{ id: number }>>
  for (const row of before) add(sum, row, ROLL_UP_TABLE, String(slot.slotMs))
  for (const row of rows) add(sum, row, WINDOW_TABLE, String(row.id))
  return sum
}

function add(sum: WindowSum, row: WindowRow, table: string, id: string): void {
  if (!sum.add(storedWindow(row, table, id))) throw rolloutStoreErrors.create('damaged', { table, id })
}

function writeRollUp(database: SqliteDatabase, { slotMs, service, implementation }: Slot, sum: WindowSum): void {
  const window = sum.toWindow(service, implementation)
  if (window === undefined) return
  database
    .statement(
      `insert or replace into observation_roll_up (slot_ms, service, implementation, start_ms, end_ms, body)
       values (?, ?, ?, ?, ?, ?)`,
    )
    .run(slotMs, service, implementation, window.startMs, window.endMs, windowBody(window))
}

/** How many roll-ups were older than the retention. */
export function expireSqlite(database: SqliteDatabase, { retainedFromMs }: RollUpLimits): number {
  database.statement('delete from rolled_up_until where start_ms < ?').run(retainedFromMs)
  return Number(database.statement('delete from observation_roll_up where end_ms < ?').run(retainedFromMs).changes)
}
