import type { NewWindowRow } from '../rows/windowRow.ts'
import type { SqliteDatabase } from './SqliteDatabase.ts'

/** Within a writing transaction. Leaves windows that are there already, and those that were rolled up since, alone. */
export function insertSqliteWindows(database: SqliteDatabase, rows: readonly NewWindowRow[]): void {
  const insert = database.statement(`
    insert into observation_window (instance, service, implementation, start_ms, end_ms, slot_ms, body)
    select :instance, :service, :implementation, :startMs, :endMs, :slotMs, :body
    where not exists (
      select 1 from rolled_up_until
      where instance = :instance and service = :service and implementation = :implementation and start_ms >= :startMs
    )
    on conflict do nothing`)
  for (const row of rows) insert.run({ ...row })
}
