import type { ObservationWindow } from '@gradvis/rollout'

import type { RollUpKey } from '../reading/ReaderPosition.ts'
import type { RolledSlot } from '../roll-up/RolledSlot.ts'
import type { RollUpLimits } from '../roll-up/rollUpLimits.ts'
import { WindowSum } from '../roll-up/WindowSum.ts'
import type { DamagedRows } from '../rows/DamagedRows.ts'
import { ROLL_UP_TABLE, rollUpName, storedWindow, WINDOW_TABLE, windowBody, type WindowRow } from '../rows/windowRow.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

type Slot = Readonly<{ slotMs: number; service: string; implementation: ObservationWindow['implementation'] }>
/** What can be added up: all but the damaged ones, nothing where the roll-up so far is damaged. */
type Added = Readonly<{ sum: WindowSum; count: number; skipped: readonly number[] }>

const OF_SLOT = 'slot_ms = :slotMs and service = :service and implementation = :implementation'
const ENDED = `${OF_SLOT} and end_ms <= :lastEndMs`
const ADDED = `${ENDED} and id not in (select value from json_each(:skipped))`
const COLUMNS = 'service, implementation, start_ms as startMs, end_ms as endMs, body'

/** Adds the windows of the oldest slot that is due up, of those after `after`. Undefined when none is. */
export function rollUpSqliteSlot(
  database: SqliteDatabase,
  { lastSlotMs, lastEndMs }: RollUpLimits,
  after: RollUpKey,
  damaged: DamagedRows,
): RolledSlot | undefined {
  const due = database
    .statement(
      `select slot_ms as slotMs, service, implementation from observation_window
       where slot_ms <= ? and end_ms <= ? and (slot_ms, service, implementation) > (?, ?, ?)
       order by slot_ms, service, implementation limit 1`,
    )
    .get(lastSlotMs, lastEndMs, after.slotMs, after.service, after.implementation) as unknown as Slot | undefined
  if (due === undefined) return undefined
  const slot = { ...due }
  const { sum, count, skipped } = sumOf(database, slot, lastEndMs, damaged)
  // Otherwise readers would begin anew for nothing.
  if (count === 0) return { slot, count }
  writeRollUp(database, slot, sum)
  const added = { ...slot, lastEndMs, skipped: JSON.stringify(skipped) }
  database.statement(REMEMBER_UNTIL).run(added)
  database.statement(MOVE_WATERMARK).run(added)
  database.statement(`delete from observation_window where ${ADDED}`).run(added)
  return { slot, count }
}

const REMEMBER_UNTIL = `
  insert into rolled_up_until (instance, service, implementation, start_ms)
  select instance, service, implementation, max(start_ms) from observation_window where ${ADDED} group by instance
  on conflict do update set start_ms = max(start_ms, excluded.start_ms)`

const MOVE_WATERMARK = `
  update roll_up_watermark
  set roll_ups = roll_ups + 1, id = max(id, (select max(id) from observation_window where ${ADDED}))`

function sumOf(database: SqliteDatabase, slot: Slot, lastEndMs: number, damaged: DamagedRows): Added {
  const sum = new WindowSum()
  const before = database
    .statement(`select '*' as instance, ${COLUMNS} from observation_roll_up where ${OF_SLOT}`)
    .all({ ...slot }) as unknown as readonly WindowRow[]
  const rows = database
    .statement(`select id, instance, ${COLUMNS} from observation_window where ${ENDED}`)
    .iterate({ ...slot, lastEndMs }) as unknown as Iterable<WindowRow & Readonly<{ id: number }>>
  const skipped: number[] = []
  let count = 0
  for (const row of before) {
    if (add(sum, row)) continue
    damaged.skip(ROLL_UP_TABLE, rollUpName(row))
    return { sum, count, skipped }
  }
  for (const row of rows) {
    if (add(sum, row)) count++
    else {
      damaged.skip(WINDOW_TABLE, String(row.id))
      skipped.push(row.id)
    }
  }
  return { sum, count, skipped }
}

function add(sum: WindowSum, row: WindowRow): boolean {
  const window = storedWindow(row)
  return window !== undefined && sum.add(window)
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
