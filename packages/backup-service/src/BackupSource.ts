/** One record of the application. `body` is whatever JSON holds. */
export type BackupRecord = Readonly<{ type: string; id: string; body: unknown }>

/** Where records come from: the application implements it. */
export interface BackupSource {
  /** The types that there are. Each must match `[a-z][a-z0-9_]{0,63}`. */
  readonly recordTypes: readonly string[]
  /**
   * A subject's records of one type, always in the same order, read as they are asked for. A failure is thrown out of
   * the iteration and fails the backup. Should stop when `signal` aborts; what it still yields then is thrown away.
   */
  records(subject: string, type: string, signal: AbortSignal): AsyncIterable<BackupRecord>
}
