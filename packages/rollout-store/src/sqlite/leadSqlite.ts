import type { SqliteDatabase } from './SqliteDatabase.ts'

/**
 * Within a writing transaction. A lease that began in the future is void: the clock was set back, perhaps by so much
 * that nobody would lead for hours.
 */
export function leadSqlite(database: SqliteDatabase, instance: string, ttlMs: number, now: number): boolean {
  const { changes } = database
    .statement(
      `update leader set instance = :instance, since_ms = :now, ttl_ms = :ttlMs
       where instance = :instance or since_ms > :now or since_ms + ttl_ms <= :now`,
    )
    .run({ instance, ttlMs, now })
  return Number(changes) > 0 && ttlMs > 0
}
