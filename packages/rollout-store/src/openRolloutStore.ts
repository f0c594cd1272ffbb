import type { RolloutStore } from '@gradvis/rollout'

import { parseStoreLocation } from './location/parseStoreLocation.ts'
import { openPostgresStore } from './postgres/openPostgresStore.ts'
import type { RolloutStoreOptions } from './RolloutStoreOptions.ts'
import { openSqliteStore } from './sqlite/openSqliteStore.ts'

/**
 * The store at a location: PostgreSQL for `postgres://…` and `postgresql://…`, the embedded one for a file path, `file:…`,
 * `sqlite:…` and `:memory:`. Rejects with `rollout_store.invalid_location` for anything else, never repeating it: it may
 * hold a password. An embedded store that cannot be used rejects here; PostgreSQL is first reached for when it is used,
 * so that an application starts without it.
 */
export async function openRolloutStore(location: string, options: RolloutStoreOptions): Promise<RolloutStore> {
  const { kind } = parseStoreLocation(location)
  return kind === 'sqlite' ? openSqliteStore(location, options) : openPostgresStore(location, options)
}
