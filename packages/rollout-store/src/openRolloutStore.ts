import type { RolloutStore } from '@gradvis/rollout'

import { parseStoreLocation } from './location/parseStoreLocation.ts'
import { rolloutStoreErrors } from './rolloutStoreErrors.ts'
import type { RolloutStoreOptions } from './RolloutStoreOptions.ts'
import { openSqliteStore } from './sqlite/openSqliteStore.ts'

/**
 * The store at a location: a file path, `file:…`, `sqlite:…` or `:memory:` for the embedded one. Rejects with
 * `rollout_store.invalid_location` for anything else, never repeating it: it may hold a password.
 */
export async function openRolloutStore(location: string, options: RolloutStoreOptions): Promise<RolloutStore> {
  const { kind } = parseStoreLocation(location)
  if (kind === 'sqlite') return openSqliteStore(location, options)
  throw rolloutStoreErrors.create('invalid_location', {})
}
