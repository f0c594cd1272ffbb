import type { RolloutStore } from '@gradvis/rollout'

import { systemRandom } from '../changes/systemRandom.ts'
import { parseStoreLocation } from '../location/parseStoreLocation.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'
import { SqliteDatabase } from './SqliteDatabase.ts'
import { SqliteStore } from './SqliteStore.ts'

/**
 * The store in a file, which is created with its folder where it is missing; `:memory:` for one that ends with the
 * process. Rejects when the file is unusable: `rollout_store.corrupt`, `.foreign_file`, `.newer_schema`, `.read_only`,
 * `.cannot_open`, `.busy`. A file that is refused was not changed.
 */
export async function openSqliteStore(location: string, options: RolloutStoreOptions): Promise<RolloutStore> {
  const parsed = parseStoreLocation(location)
  if (parsed.kind !== 'sqlite') throw rolloutStoreErrors.create('invalid_location', {})
  const { path } = parsed
  const { clock, random = systemRandom() } = options
  const database = await SqliteDatabase.open(path, { clock, random })
  return new SqliteStore(database, path === ':memory:' ? 'SQLite (:memory:)' : `SQLite ${path}`, options)
}
