/** Where a log ends. `{ sequence: 0, hash: '' }` for an empty one. */
export type RecordHead = Readonly<{ sequence: number; hash: string }>

/** One row as a store keeps it: texts that mean nothing to the store. */
export type RecordRow = RecordHead &
  Readonly<{
    body: string
    /** The one part that can be forgotten; null where it was, or where there never was any. */
    personal: string | null
  }>

/** What one transaction writes. */
export type RecordChange = Readonly<{
  /** Follow the head without a gap, in order. */
  rows: readonly RecordRow[]
  /** The personal part of these rows becomes null. Sequences that do not exist, or hold none, are passed over. */
  forget?: readonly number[]
}>

/**
 * An append-only log in a store: rows are never changed or deleted, and only their personal part can be forgotten. How
 * they are chained is the business of whoever writes them.
 */
export interface RecordLog {
  /**
   * Calls `change` with the head while nobody else, of any process, can append, and writes all that it returns or
   * nothing; durable when it resolves. `change` may be called again where a transaction had to begin anew; a
   * ServiceError that it throws is rejected with, and nothing is written.
   */
  append(change: (head: RecordHead) => RecordChange): Promise<void>
  /** At most `limit` rows after a sequence, in order. */
  read(afterSequence: number, limit: number, signal?: AbortSignal): Promise<readonly RecordRow[]>
  head(signal?: AbortSignal): Promise<RecordHead>
  close(): Promise<void>
}
