import type { ObservationWindow } from '@gradvis/rollout'
import { type Kysely, type RawBuilder, sql, type SqlBool, type Transaction } from 'kysely'

import { EVERYBODY } from '../roll-up/EVERYBODY.ts'
import type { RollUpLimits } from '../roll-up/rollUpLimits.ts'
import { WindowSum } from '../roll-up/WindowSum.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { ROLL_UP_TABLE, storedWindow, WINDOW_TABLE, windowBody, type WindowRow } from '../rows/windowRow.ts'
import { lockWindows, tryToRollUpAlone } from './postgresLocks.ts'
import type { PostgresTables } from './PostgresTables.ts'
import { WINDOW_COLUMNS } from './postgresWindows.ts'
import { visibility } from './readPostgresPage.ts'

/** How many windows are held in memory, and added up without a pause, at once: some tens of milliseconds. */
const PAGE = 250

type Slot = Readonly<{ slotMs: number; service: string; implementation: ObservationWindow['implementation'] }>
/** The windows of a slot that are added up: all of them are visible, and their writers have ended. */
type Due = Slot & Readonly<{ lastEndMs: number; horizon: string }>

/**
 * Adds the windows of the oldest slot that is due up, in one transaction. How many they were; 0 when none is due, or
 * while another instance rolls up.
 */
export async function rollUpPostgresSlot(database: Kysely<PostgresTables>, limits: RollUpLimits): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    if (!(await tryToRollUpAlone(transaction))) return 0
    const due = await oldestDue(transaction, limits)
    if (due === undefined) return 0
    // Adding up takes the longest and needs no lock: these windows only change here.
    const { sum, count } = await sumOf(transaction, due)
    await lockWindows(transaction)
    await writeRollUp(transaction, due, sum)
    await remember(transaction, due)
    const { numDeletedRows } = await transaction
      .deleteFrom('gradvis.observation_window')
      .where(isDue(due))
      .executeTakeFirst()
    if (Number(numDeletedRows) !== count) throw rolloutStoreErrors.create('failed', { reason: 'roll-up' })
    return count
  })
}

async function oldestDue(
  transaction: Transaction<PostgresTables>,
  { lastSlotMs, lastEndMs }: RollUpLimits,
): Promise<Due | undefined> {
  const horizon = String((await visibility(transaction)).horizon)
  const slot = await transaction
    .selectFrom('gradvis.observation_window')
    .select(['slot_ms as slotMs', 'service', 'implementation'])
    .where('slot_ms', '<=', lastSlotMs)
    .where('end_ms', '<=', lastEndMs)
    .where('xact_id', '<', horizon)
    .orderBy('slot_ms')
    .orderBy('service')
    .orderBy('implementation')
    .limit(1)
    .executeTakeFirst()
  return slot && { ...(slot as Slot), lastEndMs, horizon }
}

async function sumOf(
  transaction: Transaction<PostgresTables>,
  due: Due,
): Promise<Readonly<{ sum: WindowSum; count: number }>> {
  const sum = new WindowSum()
  const before = await transaction
    .selectFrom('gradvis.observation_roll_up')
    .select([sql.lit(EVERYBODY).$castTo<string>().as('instance'), ...WINDOW_COLUMNS])
    .where('slot_ms', '=', due.slotMs)
    .where('service', '=', due.service)
    .where('implementation', '=', due.implementation)
    .execute()
  for (const row of before) add(sum, row, ROLL_UP_TABLE, String(due.slotMs))
  let count = 0
  for (let page = await pageAfter(transaction, due, '0'); page.length > 0;) {
    for (const { id, ...row } of page) add(sum, row, WINDOW_TABLE, id)
    count += page.length
    page = await pageAfter(transaction, due, page.at(-1)?.id ?? '0')
  }
  return { sum, count }
}

function pageAfter(
  transaction: Transaction<PostgresTables>,
  due: Due,
  id: string,
): Promise<readonly (WindowRow & Readonly<{ id: string }>)[]> {
  return transaction
    .selectFrom('gradvis.observation_window')
    .select(['id', 'instance', ...WINDOW_COLUMNS])
    .where(isDue(due))
    .where('id', '>', id)
    .orderBy('id')
    .limit(PAGE)
    .execute()
}

function add(sum: WindowSum, row: WindowRow, table: string, id: string): void {
  if (!sum.add(storedWindow(row, table, id))) throw rolloutStoreErrors.create('damaged', { table, id })
}

async function writeRollUp(transaction: Transaction<PostgresTables>, due: Due, sum: WindowSum): Promise<void> {
  const { slotMs, service, implementation } = due
  const window = sum.toWindow(service, implementation)
  if (window === undefined) return
  const values = { start_ms: window.startMs, end_ms: window.endMs, body: windowBody(window) }
  await transaction
    .insertInto('gradvis.observation_roll_up')
    .values({ slot_ms: slotMs, service, implementation, ...values })
    .onConflict((conflict) => conflict.columns(['slot_ms', 'service', 'implementation']).doUpdateSet(values))
    .execute()
}

/** Until where each instance is rolled up, and where readers must stand who go on without starting anew. */
async function remember(transaction: Transaction<PostgresTables>, due: Due): Promise<void> {
  await sql`
    insert into gradvis.rolled_up_until as known (instance, service, implementation, start_ms)
    select instance, service, implementation, max(start_ms) from gradvis.observation_window
    where ${isDue(due)} group by instance, service, implementation
    on conflict (instance, service, implementation)
    do update set start_ms = greatest(known.start_ms, excluded.start_ms)`.execute(transaction)
  await sql`
    update gradvis.roll_up_watermark
    set roll_ups = roll_ups + 1, xact_id = greatest(xact_id, (
      select xact_id from gradvis.observation_window where ${isDue(due)} order by xact_id desc limit 1
    ))`.execute(transaction)
}

function isDue({ slotMs, service, implementation, lastEndMs, horizon }: Due): RawBuilder<SqlBool> {
  return sql<SqlBool>`
    slot_ms = ${slotMs} and service = ${service} and implementation = ${implementation}
    and end_ms <= ${lastEndMs} and xact_id < ${horizon}::xid8`
}

/** How many roll-ups were older than the retention. */
export async function expirePostgres(
  database: Kysely<PostgresTables>,
  { retainedFromMs }: RollUpLimits,
): Promise<number> {
  await database.deleteFrom('gradvis.rolled_up_until').where('start_ms', '<', retainedFromMs).execute()
  const { numDeletedRows } = await database
    .deleteFrom('gradvis.observation_roll_up')
    .where('end_ms', '<', retainedFromMs)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
