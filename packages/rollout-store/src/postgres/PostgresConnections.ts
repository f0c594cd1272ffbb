import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { PostgresTables } from './PostgresTables.ts'

const POOL_SIZE = 4

type PostgresTimeouts = Readonly<{
  connectMs: number
  /** What the server allows a statement, a wait for a lock and an idle transaction. */
  statementMs: number
  /** What the client allows a server that does not answer any more. */
  queryMs: number
}>

const TIMEOUTS: PostgresTimeouts = { connectMs: 5000, statementMs: 10_000, queryMs: 12_000 }

/** How to connect to one database: a small pool for queries, and single connections to listen on. */
export class PostgresConnections {
  /** Host, port and database. */
  readonly description: string
  readonly database: Kysely<PostgresTables>
  readonly #config: pg.ClientConfig

  /** Connects to nothing yet. Throws `rollout_store.invalid_location` for a URL that the driver does not take. */
  constructor(url: string, applicationName: string, timeouts = TIMEOUTS) {
    this.#config = {
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: timeouts.connectMs,
      statement_timeout: timeouts.statementMs,
      lock_timeout: timeouts.statementMs,
      idle_in_transaction_session_timeout: timeouts.statementMs,
      query_timeout: timeouts.queryMs,
      keepAlive: true,
    }
    this.description = describe(this.#config)
    const pool = new pg.Pool({ ...this.#config, max: POOL_SIZE, allowExitOnIdle: true })
    // An idle connection that is lost is replaced when it is needed; without a listener it would end the process.
    pool.on('error', () => {})
    this.database = new Kysely({ dialect: new PostgresDialect({ pool: discardingPool(pool) }) })
  }

  /** Not connected, outside the pool. Neither it nor the pool keeps the process alive. */
  createClient(): pg.Client {
    return new pg.Client(this.#config)
  }

  async close(): Promise<void> {
    await this.database.destroy()
  }
}

function describe(config: pg.ClientConfig): string {
  try {
    const { host, port, database } = new pg.Client(config)
    return `PostgreSQL ${host}:${port}/${database ?? ''}`
  } catch {
    // The cause would hold the URL.
    throw rolloutStoreErrors.create('invalid_location', {})
  }
}

/**
 * A connection on which a query has run into the client's time-out still waits for its answer: whoever got it next
 * would wait too. It is thrown away instead.
 */
function discardingPool(pool: pg.Pool): PostgresPool {
  return {
    options: {},
    end: () => pool.end(),
    connect: async () => discarding(listenedTo(await pool.connect())),
  }
}

/**
 * The pool listens to idle connections only. One that is lost between two queries of a transaction says so by an event,
 * too, which would end the process; whoever uses it learns of it from its next query.
 */
function listenedTo(client: pg.PoolClient): pg.PoolClient {
  if (!client.listeners('error').includes(ignore)) client.on('error', ignore)
  return client
}

function ignore(): void {}

function discarding(client: pg.PoolClient): PostgresPoolClient {
  let lost: Error | undefined
  const query = async (sql: unknown, parameters?: unknown) => {
    if (lost) throw lost
    try {
      return await client.query(sql as string, parameters as unknown[])
    } catch (error) {
      if (error instanceof Error && !(error instanceof pg.DatabaseError)) lost = error
      throw error
    }
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy = false) => client.release(destroy || lost !== undefined),
  }
}
