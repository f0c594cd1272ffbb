import { abortable } from '@gradvis/kernel'
import type { Kysely } from 'kysely'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'
import type { PostgresConnections } from './PostgresConnections.ts'
import { postgresFailure } from './postgresFailure.ts'
import type { PostgresTables } from './PostgresTables.ts'
import { preparePostgres } from './preparePostgres.ts'

/** The way to the tables: brings the schema up to date before its first use, and makes every failure one of ours. */
export class PostgresAccess {
  readonly connections: PostgresConnections
  #prepared: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(connections: PostgresConnections) {
    this.connections = connections
  }

  get isClosed(): boolean {
    return this.#closing !== undefined
  }

  /** Whoever gives up through the signal does not hear what became of the work. */
  async run<Result>(
    work: (database: Kysely<PostgresTables>) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted()
    if (this.#closing) throw rolloutStoreErrors.create('closed', {})
    return abortable(this.#reach(work), signal)
  }

  close(): Promise<void> {
    this.#closing ??= this.connections.close()
    return this.#closing
  }

  async #reach<Result>(work: (database: Kysely<PostgresTables>) => Promise<Result>): Promise<Result> {
    try {
      // Once; again after a failure, because the server may have been away.
      this.#prepared ??= preparePostgres(this.connections.database)
      await this.#prepared.catch((error: unknown) => {
        this.#prepared = undefined
        throw error
      })
      return await work(this.connections.database)
    } catch (error) {
      throw this.#closing ? rolloutStoreErrors.create('closed', {}, { cause: error }) : postgresFailure(error)
    }
  }
}
