import { type NewEvent, rolloutErrors, type StoredEvent } from '@gradvis/rollout'
import { type Kysely, sql } from 'kysely'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { eventRows, storedEvents } from '../rows/eventRow.ts'
import { latestOf, MOST_AHEAD_MS, refuseAhead } from '../rows/refuseAhead.ts'
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

/** One statement, so one transaction and one round trip: the look at the clock, the events and the notification of them. */
export async function appendPostgresEvents(
  database: Kysely<PostgresTables>,
  events: readonly NewEvent[],
  afterSequence: number,
): Promise<readonly StoredEvent[]> {
  const rows = eventRows(events, afterSequence)
  const { last, aheadMs } = await insert(database, rows, afterSequence, latestOf(events)).catch((error: unknown) => {
    throw isUniqueViolation(error) ? conflict(afterSequence) : error
  })
  if (last > afterSequence) throw conflict(afterSequence)
  if (last < afterSequence) throw rolloutStoreErrors.create('sequence_gap', { after: afterSequence, last })
  refuseAhead(aheadMs)
  return storedEvents(rows, afterSequence)
}

/**
 * Inserts where the log ends at `afterSequence` and `latest` is not too far ahead of the server's clock. Where the log
 * ended before, and how far ahead it was.
 */
async function insert(
  database: Kysely<PostgresTables>,
  rows: ReturnType<typeof eventRows>,
  afterSequence: number,
  latest: number,
): Promise<Readonly<{ last: number; aheadMs: number }>> {
  const sequences = rows.map(({ sequence }) => sequence)
  const bodies = rows.map(({ body }) => body)
  const result = await sql<{ last: string; aheadMs: number }>`
    with log as (select coalesce(max(sequence), 0) as last from gradvis.event),
    clock as materialized (select ${latest}::float8 - extract(epoch from clock_timestamp())::float8 * 1000 as ahead_ms),
    inserted as (
      insert into gradvis.event (sequence, body)
      select sequence, body::json from unnest(${sequences}::bigint[], ${bodies}::text[]) as new (sequence, body)
      where (select last from log) = ${afterSequence} and (select ahead_ms from clock) <= ${MOST_AHEAD_MS} order by sequence
      returning sequence
    ),
    notified as (select pg_notify(${CHANNEL}, max(sequence)::text) from inserted having count(*) > 0)
    select last, ahead_ms as "aheadMs", (select count(*) from notified) from log, clock`.execute(database)
  const { last, aheadMs } = result.rows[0] ?? {}
  return { last: Number(last), aheadMs: Number(aheadMs) }
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
