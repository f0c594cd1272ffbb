import type { Disposer } from '@gradvis/kernel'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { NewEvent, StoredEvent } from '../state/RolloutEvent.ts'

/** Where a reader of windows stands. Opaque: only the store that made it understands it. */
export type WindowCursor = string & { readonly __cursor: never }

export type WindowPage = Readonly<{
  windows: readonly ObservationWindow[]
  cursor: WindowCursor
  /** These are all windows there are, roll-ups among them: forget what was read before. */
  restart: boolean
}>

export type Compaction = Readonly<{
  /** Windows that were added up into coarser ones, and coarser ones that were older than the retention. */
  rolledUp: number
  deleted: number
}>

/**
 * A rollout's log and its observations, shared by every instance. Reads see everything that was acknowledged. Each
 * method rejects with a ServiceError `rollout_store.…` where the store cannot be reached or refuses.
 */
export interface RolloutStore {
  /** For people: what it is and where, without credentials. */
  readonly description: string

  /** The log after a sequence number, in order, without a gap. */
  readEvents(afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]>

  /**
   * Appends all of these as the events after `afterSequence`, or none. Durable when it resolves. Rejects with
   * `rollout.sequence_conflict` when somebody else has appended since: read, judge again, and try again.
   */
  append(events: readonly NewEvent[], afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]>

  /** All or none. A window that is there already (instance, service, implementation, start) is left as it is. */
  writeWindows(windows: readonly ObservationWindow[], signal?: AbortSignal): Promise<void>

  /**
   * The windows that were written since the cursor, each exactly once, in the order in which they became visible.
   * Without a cursor, or with one that is older than a roll-up: everything that ends after `sinceMs`, `restart: true`.
   */
  readWindows(
    from: Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number | undefined }>,
    signal?: AbortSignal,
  ): Promise<WindowPage>

  /**
   * Adds windows that ended more than an hour ago up into ten-minute ones across instances, and deletes those that are
   * older than 30 days. Idempotent; may run on any instance at any time; the log is never touched.
   */
  compact(now: number, signal?: AbortSignal): Promise<Compaction>

  /** Called when the log may have grown, by whichever instance. May be called for nothing; never throws. */
  subscribe(listener: () => void): Disposer

  close(): Promise<void>
}
