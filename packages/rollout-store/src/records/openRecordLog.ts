import { systemRandom } from '../changes/systemRandom.ts'
import { parseStoreLocation } from '../location/parseStoreLocation.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import { SqliteDatabase } from '../sqlite/SqliteDatabase.ts'
import { SqliteRecordLog } from '../sqlite/SqliteRecordLog.ts'
import type { RecordLog } from './RecordLog.ts'

export type RecordLogOptions = Pick<RolloutStoreOptions, 'clock' | 'random' | 'instance'>

/**
 * The record log at a location: that of a rollout store, or one of its own where the location is another one. Locations,
 * and what opening rejects with, are those of `openRolloutStore`.
 */
export async function openRecordLog(location: string, options: RecordLogOptions): Promise<RecordLog> {
  const parsed = parseStoreLocation(location)
  const { clock, random = systemRandom(), instance } = options
  if (parsed.kind === 'sqlite')
    return new SqliteRecordLog(await SqliteDatabase.open(parsed.path, { clock, random }), parsed.path)
  // Loaded where they are used: most processes need no driver.
  const { PostgresAccess } = await import('../postgres/PostgresAccess.ts')
  const { PostgresConnections } = await import('../postgres/PostgresConnections.ts')
  const { PostgresRecordLog } = await import('../postgres/PostgresRecordLog.ts')
  const name = instance === undefined ? 'gradvis' : `gradvis ${instance}`
  return new PostgresRecordLog(new PostgresAccess(new PostgresConnections(parsed.url, name)))
}
