import { type NewEvent, rolloutErrors, type StoredEvent } from '@gradvis/rollout'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { type EventRow, eventRows, storedEvents } from '../rows/eventRow.ts'
import { latestOf, refuseAhead } from '../rows/refuseAhead.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

export function readSqliteEvents(database: SqliteDatabase, afterSequence: number): readonly StoredEvent[] {
  const rows = database
    .statement('select sequence, body from event where sequence > ? order by sequence')
    .all(afterSequence) as unknown as readonly EventRow[]
  return storedEvents(rows, afterSequence)
}

/** Within a writing transaction. */
export function appendSqliteEvents(
  database: SqliteDatabase,
  events: readonly NewEvent[],
  afterSequence: number,
  now: number,
): readonly StoredEvent[] {
  const last = lastSqliteSequence(database)
  if (last > afterSequence) throw rolloutErrors.create('sequence_conflict', { expected: afterSequence + 1 })
  if (last < afterSequence) throw rolloutStoreErrors.create('sequence_gap', { after: afterSequence, last })
  const rows = eventRows(events, afterSequence)
  refuseAhead(latestOf(events) - now)
  const insert = database.statement('insert into event (sequence, body) values (?, ?)')
  for (const { sequence, body } of rows) insert.run(sequence, body)
  return storedEvents(rows, afterSequence)
}

/** 0 for an empty log. */
export function lastSqliteSequence(database: SqliteDatabase): number {
  return Number(database.statement('select coalesce(max(sequence), 0) as last from event').get()?.['last'])
}
