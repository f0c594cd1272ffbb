import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { POSTGRES_MIGRATIONS } from './postgresMigrations.ts'
import type { PostgresTables } from './PostgresTables.ts'

const SCHEMA = 'gradvis'
const MIGRATION_TABLE = 'schema_migration'

/**
 * Brings the schema up to date. Any number of processes may do so at once: one migrates, under a lock, and the others
 * wait. Where nothing is to be done, reading rights on the schema are enough.
 */
export async function preparePostgres(database: Kysely<PostgresTables>): Promise<void> {
  const done = await migrationsDone(database)
  const known = Object.keys(POSTGRES_MIGRATIONS)
  if (done.some((name) => !known.includes(name)))
    throw rolloutStoreErrors.create('newer_schema', { found: done.length, supported: known.length })
  if (done.length < known.length) await migrate(database)
  await adoptRestoredWindows(database)
}

async function migrationsDone(database: Kysely<PostgresTables>): Promise<readonly string[]> {
  const table = await sql<{ exists: boolean }>`
    select to_regclass(${`${SCHEMA}.${MIGRATION_TABLE}`}) is not null as exists`.execute(database)
  if (table.rows[0]?.exists !== true) return []
  const done = await sql<{ name: string }>`
    select name from ${sql.id(SCHEMA, MIGRATION_TABLE)} order by name`.execute(database)
  return done.rows.map(({ name }) => name)
}

async function migrate(database: Kysely<PostgresTables>): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...POSTGRES_MIGRATIONS }) },
    migrationTableSchema: SCHEMA,
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/**
 * A database that was restored on another server carries numbers of transactions that are still to come there; windows
 * would stay invisible until then. They count as written now, and every reader starts anew.
 */
async function adoptRestoredWindows(database: Kysely<PostgresTables>): Promise<void> {
  for (const table of ['observation_window', 'roll_up_watermark'])
    await sql`
      update ${sql.id(SCHEMA, table)} set xact_id = pg_current_xact_id()
      where xact_id >= pg_snapshot_xmax(pg_current_snapshot())`.execute(database)
}
