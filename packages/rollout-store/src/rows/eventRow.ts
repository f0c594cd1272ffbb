import { type NewEvent, parseStoredEvent, type StoredEvent } from '@gradvis/rollout'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { parseJson } from './parseJson.ts'

const EVENT_TABLE = 'event'

export type EventRow = Readonly<{ sequence: number; body: string }>

/** The rows of events that follow `afterSequence`. Throws `rollout_store.invalid_event`: what is written can be read. */
export function eventRows(events: readonly NewEvent[], afterSequence: number): readonly EventRow[] {
  return events.map(({ at, actor, reason, event }, index) => {
    const row = { sequence: afterSequence + index + 1, body: JSON.stringify({ at, actor, reason, event }) }
    if (parseRow(row) === undefined) throw rolloutStoreErrors.create('invalid_event', {})
    return row
  })
}

/** The events of rows. Throws `rollout_store.damaged` for a row that does not parse, and for one that is missing. */
export function storedEvents(rows: readonly EventRow[], afterSequence: number): readonly StoredEvent[] {
  return rows.map((row, index) => {
    const expected = afterSequence + index + 1
    const event = row.sequence === expected ? parseRow(row) : undefined
    if (event === undefined) throw rolloutStoreErrors.create('damaged', { table: EVENT_TABLE, id: expected })
    return event
  })
}

function parseRow({ sequence, body }: EventRow): StoredEvent | undefined {
  const parsed = parseJson(body)
  return typeof parsed === 'object' ? parseStoredEvent({ ...parsed, sequence }) : undefined
}
