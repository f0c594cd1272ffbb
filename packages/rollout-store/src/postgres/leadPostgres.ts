import { type Kysely, sql } from 'kysely'

import type { PostgresTables } from './PostgresTables.ts'

/**
 * By the clock of the server. Those who do not lead only read; of those who find that a lease has run out, one locks the
 * row, and the others neither wait nor write. A lease that began in the future is void: the clock was set back.
 */
export async function leadPostgres(
  database: Kysely<PostgresTables>,
  instance: string,
  ttlMs: number,
): Promise<boolean> {
  const result = await sql`
    update gradvis.leader
    set instance = ${instance}, since = clock_timestamp(), ttl = ${ttlMs}::float8 * interval '1 millisecond'
    where one = (
      select one from gradvis.leader
      where instance = ${instance} or since > clock_timestamp() or since + ttl <= clock_timestamp()
      for update skip locked
    )`.execute(database)
  return Number(result.numAffectedRows) > 0 && ttlMs > 0
}
