import type { DatabaseSync } from 'node:sqlite'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import { APPLICATION_ID, SQLITE_MIGRATIONS } from './sqliteSchema.ts'

/** Checks an opened database and brings its schema up to date, all or nothing. */
export function prepareSqlite(database: DatabaseSync): void {
  refuseUnusable(database)
  // FULL: what was acknowledged outlives a power failure. WAL: readers and one writer never wait for each other.
  database.exec('pragma synchronous = full')
  database.exec('pragma journal_mode = wal')
  database.exec('begin immediate')
  try {
    migrate(database)
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

/** Nothing is written before this has passed. */
function refuseUnusable(database: DatabaseSync): void {
  const found = numberOf(database, 'user_version')
  const tables = database.prepare('select count(*) as count from sqlite_schema').get()?.['count']
  if (tables !== 0 && numberOf(database, 'application_id') !== APPLICATION_ID)
    throw rolloutStoreErrors.create('foreign_file', {})
  if (found > SQLITE_MIGRATIONS.length)
    throw rolloutStoreErrors.create('newer_schema', { found, supported: SQLITE_MIGRATIONS.length })
  // All but the records, which grow for ever: reading them would hold every start up for seconds, and whoever chains them
  // can prove far more than that they can be read.
  const checks = database
    .prepare(
      `select "check".quick_check as found
      from sqlite_schema as "table", pragma_quick_check("table".name) as "check"
      where "table".type = 'table' and "table".name <> 'record'`,
    )
    .all()
  if (checks.some((check) => check['found'] !== 'ok'))
    throw rolloutStoreErrors.create('corrupt', {
      reason: { sv: 'kontrollen hittade fel', en: 'the check found faults' },
    })
}

function migrate(database: DatabaseSync): void {
  // Read again under the lock: another process may have been faster.
  const done = numberOf(database, 'user_version')
  for (const migration of SQLITE_MIGRATIONS.slice(done)) database.exec(migration)
  if (done >= SQLITE_MIGRATIONS.length) return
  database.exec(`pragma application_id = ${APPLICATION_ID}`)
  database.exec(`pragma user_version = ${SQLITE_MIGRATIONS.length}`)
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(database.prepare(`pragma ${pragma}`).get()?.[pragma])
}
