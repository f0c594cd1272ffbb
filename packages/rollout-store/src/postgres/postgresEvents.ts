import { type NewEvent, rolloutErrors, type StoredEvent } from '@gradvis/rollout'
import { type Kysely, sql } from 'kysely'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { eventRows, storedEvents } from '../rows/eventRow.ts'
import { isUniqueViolation } from './postgresFailure.ts'
import type { PostgresTables } from './PostgresTables.ts'

/** The payload of a notification is the sequence number of the last event. */
export const CHANNEL = 'gradvis_rollout'

export async function readPostgresEvents(
  database: Kysely<PostgresTables>,
  afterSequence: number,
): Promise<readonly StoredEvent[]> {
  const rows = await database
    .selectFrom('gradvis.event')
    .select(['sequence', sql<string>`body::text`.as('body')])
    .where('sequence', '>', String(afterSequence))
    .orderBy('sequence')
    .execute()
  return storedEvents(
    rows.map(({ sequence, body }) => ({ sequence: Number(sequence), body })),
    afterSequence,
  )
}

/** One statement, so one transaction and one round trip: the events and the notification of them. */
export async function appendPostgresEvents(
  database: Kysely<PostgresTables>,
  events: readonly NewEvent[],
  afterSequence: number,
): Promise<readonly StoredEvent[]> {
  const rows = eventRows(events, afterSequence)
  const last = await insert(database, rows, afterSequence).catch((error: unknown) => {
    throw isUniqueViolation(error) ? conflict(afterSequence) : error
  })
  if (last > afterSequence) throw conflict(afterSequence)
  if (last < afterSequence) throw rolloutStoreErrors.create('sequence_gap', { after: afterSequence, last })
  return storedEvents(rows, afterSequence)
}

/** Inserts where the log ends at `afterSequence`. Where it ended before. */
async function insert(
  database: Kysely<PostgresTables>,
  rows: ReturnType<typeof eventRows>,
  afterSequence: number,
): Promise<number> {
  const sequences = rows.map(({ sequence }) => sequence)
  const bodies = rows.map(({ body }) => body)
  const result = await sql<{ last: string }>`
    with log as (select coalesce(max(sequence), 0) as last from gradvis.event),
    inserted as (
      insert into gradvis.event (sequence, body)
      select sequence, body::json from unnest(${sequences}::bigint[], ${bodies}::text[]) as new (sequence, body)
      where (select last from log) = ${afterSequence} order by sequence
      returning sequence
    ),
    notified as (select pg_notify(${CHANNEL}, max(sequence)::text) from inserted having count(*) > 0)
    select last, (select count(*) from notified) from log`.execute(database)
  return Number(result.rows[0]?.last)
}

function conflict(afterSequence: number): Error {
  return rolloutErrors.create('sequence_conflict', { expected: afterSequence + 1 })
}

/** 0 for an empty log. */
export async function lastPostgresSequence(database: Kysely<PostgresTables>): Promise<number> {
  const row = await database
    .selectFrom('gradvis.event')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirst()
  return Number(row?.last ?? 0)
}
