import { type Kysely, sql } from 'kysely'

import type { NewWindowRow } from '../rows/windowRow.ts'
import { shareWindows } from './postgresLocks.ts'
import type { PostgresTables } from './PostgresTables.ts'

export const WINDOW_COLUMNS = ['service', 'implementation', 'start_ms as startMs', 'end_ms as endMs', 'body'] as const

/** Leaves windows that are there already, and those that were rolled up since, alone. */
export async function insertPostgresWindows(
  database: Kysely<PostgresTables>,
  rows: readonly NewWindowRow[],
): Promise<void> {
  const column = <Name extends keyof NewWindowRow>(name: Name) => rows.map((row) => row[name])
  await database.transaction().execute(async (transaction) => {
    await shareWindows(transaction)
    await sql`
      insert into gradvis.observation_window (instance, service, implementation, start_ms, end_ms, slot_ms, body)
      select instance, service, implementation, start_ms, end_ms, slot_ms, body
      from unnest(
        ${column('instance')}::text[], ${column('service')}::text[], ${column('implementation')}::text[],
        ${column('startMs')}::float8[], ${column('endMs')}::float8[], ${column('slotMs')}::float8[],
        ${column('body')}::text[]
      ) with ordinality as new (instance, service, implementation, start_ms, end_ms, slot_ms, body, position)
      where not exists (
        select from gradvis.rolled_up_until as known
        where known.instance = new.instance and known.service = new.service
          and known.implementation = new.implementation and known.start_ms >= new.start_ms
      )
      order by position
      on conflict do nothing`.execute(transaction)
  })
}
