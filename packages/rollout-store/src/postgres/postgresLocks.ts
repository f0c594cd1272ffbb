import { type Kysely, sql } from 'kysely'

import type { PostgresTables } from './PostgresTables.ts'

/** Any number that nothing else in the database takes: the first half of our advisory locks. */
const OURS = 0x47726476
const ROLLING_UP = 1
const WINDOWS = 2

/** Whether this transaction is now the only one that rolls up. */
export async function tryToRollUpAlone(transaction: Kysely<PostgresTables>): Promise<boolean> {
  const result = await sql<{ alone: boolean }>`
    select pg_try_advisory_xact_lock(${sql.lit(OURS)}, ${sql.lit(ROLLING_UP)}) as alone`.execute(transaction)
  return result.rows[0]?.alone === true
}

/** Writers write side by side, but not while windows become a roll-up: they would not see what is known already. */
export async function shareWindows(transaction: Kysely<PostgresTables>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(OURS)}, ${sql.lit(WINDOWS)})`.execute(transaction)
}

export async function lockWindows(transaction: Kysely<PostgresTables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(OURS)}, ${sql.lit(WINDOWS)})`.execute(transaction)
}
