import type { ObservationWindow } from '@gradvis/rollout'
import { type Kysely, type RawBuilder, sql, type SqlBool, type Transaction } from 'kysely'

import type { RollUpKey } from '../reading/ReaderPosition.ts'
import { EVERYBODY } from '../roll-up/EVERYBODY.ts'
import type { RolledSlot } from '../roll-up/RolledSlot.ts'
import type { RollUpLimits } from '../roll-up/rollUpLimits.ts'
import { WindowSum } from '../roll-up/WindowSum.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { DamagedRows } from '../rows/DamagedRows.ts'
import { ROLL_UP_TABLE, rollUpName, storedWindow, WINDOW_TABLE, windowBody, type WindowRow } from '../rows/windowRow.ts'
import { lockWindows, tryToRollUpAlone } from './postgresLocks.ts'
import type { PostgresTables } from './PostgresTables.ts'
import { WINDOW_COLUMNS } from './postgresWindows.ts'
import { visibility } from './readPostgresPage.ts'

/** How many windows are held in memory, and added up without a pause, at once: some tens of milliseconds. */
const PAGE = 250

type Slot = Readonly<{ slotMs: number; service: string; implementation: ObservationWindow['implementation'] }>
/** The windows of a slot that are added up: all of them are visible, and their writers have ended. */
type Due = Slot & Readonly<{ lastEndMs: number; horizon: string; skipped: readonly string[] }>
/** What can be added up: all but the damaged ones, nothing where the roll-up so far is damaged. */
type Added = Readonly<{ sum: WindowSum; count: number; skipped: readonly string[] }>

/**
 * Adds the windows of the oldest slot that is due up, of those after `after`, in one transaction. Undefined when none is,
 * or while another instance rolls up.
 */
export async function rollUpPostgresSlot(
  database: Kysely<PostgresTables>,
  limits: RollUpLimits,
  after: RollUpKey,
  damaged: DamagedRows,
): Promise<RolledSlot | undefined> {
  return database.transaction().execute(async (transaction) => {
    if (!(await tryToRollUpAlone(transaction))) return undefined
    const slot = await oldestDue(transaction, limits, after)
    if (slot === undefined) return undefined
    // Adding up takes the longest and needs no lock: these windows only change here.
    const { sum, count, skipped } = await sumOf(transaction, slot, damaged)
    // Otherwise readers would begin anew for nothing.
    if (count === 0) return { slot, count }
    const due = { ...slot, skipped }
    await lockWindows(transaction)
    await writeRollUp(transaction, due, sum)
    await remember(transaction, due)
    const { numDeletedRows } = await transaction
      .deleteFrom('gradvis.observation_window')
      .where(isDue(due))
      .executeTakeFirst()
    if (Number(numDeletedRows) !== count)
      throw rolloutStoreErrors.create('failed', {
        reason: { sv: 'mätfönstren ändrades under tiden', en: 'the windows changed meanwhile' },
      })
    return { slot, count }
  })
}

async function oldestDue(
  transaction: Transaction<PostgresTables>,
  { lastSlotMs, lastEndMs }: RollUpLimits,
  { slotMs, service, implementation }: RollUpKey,
): Promise<Due | undefined> {
  const horizon = String((await visibility(transaction)).horizon)
  const slot = await transaction
    .selectFrom('gradvis.observation_window')
    .select(['slot_ms as slotMs', 'service', 'implementation'])
    .where('slot_ms', '<=', lastSlotMs)
    .where('end_ms', '<=', lastEndMs)
    .where('xact_id', '<', horizon)
    .where(sql<boolean>`(slot_ms, service, implementation) > (${slotMs}::float8, ${service}, ${implementation})`)
    .orderBy('slot_ms')
    .orderBy('service')
    .orderBy('implementation')
    .limit(1)
    .executeTakeFirst()
  return slot && { ...(slot as Slot), lastEndMs, horizon, skipped: [] }
}

async function sumOf(transaction: Transaction<PostgresTables>, due: Due, damaged: DamagedRows): Promise<Added> {
  const sum = new WindowSum()
  const before = await transaction
    .selectFrom('gradvis.observation_roll_up')
    .select([sql.lit(EVERYBODY).$castTo<string>().as('instance'), ...WINDOW_COLUMNS])
    .where('slot_ms', '=', due.slotMs)
    .where('service', '=', due.service)
    .where('implementation', '=', due.implementation)
    .execute()
  const skipped: string[] = []
  let count = 0
  for (const row of before) {
    if (add(sum, row)) continue
    damaged.skip(ROLL_UP_TABLE, rollUpName(row))
    return { sum, count, skipped }
  }
  for (let page = await pageAfter(transaction, due, '0'); page.length > 0;) {
    for (const { id, ...row } of page) {
      if (add(sum, row)) count++
      else {
        damaged.skip(WINDOW_TABLE, id)
        skipped.push(id)
      }
    }
    page = await pageAfter(transaction, due, page.at(-1)?.id ?? '0')
  }
  return { sum, count, skipped }
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

function add(sum: WindowSum, row: WindowRow): boolean {
  const window = storedWindow(row)
  return window !== undefined && sum.add(window)
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

function isDue({ slotMs, service, implementation, lastEndMs, horizon, skipped }: Due): RawBuilder<SqlBool> {
  return sql<SqlBool>`
    slot_ms = ${slotMs} and service = ${service} and implementation = ${implementation}
    and end_ms <= ${lastEndMs} and xact_id < ${horizon}::xid8 and id <> all(${skipped}::bigint[])`
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
