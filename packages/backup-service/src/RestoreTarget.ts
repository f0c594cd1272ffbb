import type { BackupRecord } from './BackupSource.ts'

/** Where records go back to: the application implements it. */
export interface RestoreTarget {
  /** Whether the subject has no record of these types now. */
  isEmpty(subject: string, types: readonly string[], signal: AbortSignal): Promise<boolean>
  /**
   * Replaces the subject's records of these types by the given ones, all or nothing: when the iteration throws or
   * anything else fails, it rejects and what was there before is untouched. It reads the iteration to its end before
   * it commits.
   */
  replace(
    subject: string,
    types: readonly string[],
    records: AsyncIterable<BackupRecord>,
    signal: AbortSignal,
  ): Promise<void>
}
