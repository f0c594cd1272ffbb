import type { RolloutStore } from '@gradvis/rollout'

import { systemRandom } from '../changes/systemRandom.ts'
import { parseStoreLocation } from '../location/parseStoreLocation.ts'
import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { RolloutStoreOptions } from '../RolloutStoreOptions.ts'

/**
 * The store in the schema `gradvis` of a database of PostgreSQL 13 or later, created by the first use that reaches it.
 * Connects to nothing yet, so it does not matter whether the server is there. A login that may create nothing will do
 * once the schema is there; until then the first use needs the right to create a schema.
 */
export async function openPostgresStore(location: string, options: RolloutStoreOptions): Promise<RolloutStore> {
  const parsed = parseStoreLocation(location)
  if (parsed.kind !== 'postgres') throw rolloutStoreErrors.create('invalid_location', {})
  const { instance, random = systemRandom() } = options
  // Loaded where they are used: most processes need no driver.
  const { PostgresConnections } = await import('./PostgresConnections.ts')
  const { PostgresStore } = await import('./PostgresStore.ts')
  const name = instance === undefined ? 'gradvis' : `gradvis ${instance}`
  return new PostgresStore(new PostgresConnections(parsed.url, name), { ...options, random })
}
