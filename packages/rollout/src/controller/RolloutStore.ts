import type { Disposer } from '@gradvis/kernel'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { NewEvent, StoredEvent } from '../state/RolloutEvent.ts'

/** Where a reader of windows stands. Opaque: only the store that made it understands it. */
export type WindowCursor = string & { readonly __cursor: never }

/** At most 5,000 windows: what a large fleet has observed does not fit into memory at once. */
export type WindowPage = Readonly<{
  windows: readonly ObservationWindow[]
  cursor: WindowCursor
  /** There is more already: read again at once, with this cursor. The last page may be empty. */
  more: boolean
  /**
   * The first page of all windows there are that end after `sinceMs`, roll-ups among them: forget what was read before.
   * May come in the midst of other pages. False: they come on top of what was read before.
   */
  restart: boolean
}>

export type Compaction = Readonly<{
  /** Windows that were added up into coarser ones, and coarser ones that were older than the retention. */
  rolledUp: number
  deleted: number
}>

/**
 * A rollout's log and its observations, shared by every instance. Reads see everything that was acknowledged. Each
 * method rejects with a ServiceError `rollout_store.…` where the store cannot be reached or refuses, or an event is
 * damaged; a damaged window is left in place, logged and skipped.
 */
export interface RolloutStore {
  /** For people: what it is and where, without credentials. */
  readonly description: string

  /** The log after a sequence number, in order, without a gap. */
  readEvents(afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]>

  /**
   * Appends all of these as the events after `afterSequence`, or none. Durable when it resolves. Rejects with
   * `rollout.sequence_conflict` when somebody else has appended since: read, judge again, and try again; and with
   * `rollout_store.clock_ahead` events that are dated more than a minute after the store's own clock.
   */
  append(events: readonly NewEvent[], afterSequence: number, signal?: AbortSignal): Promise<readonly StoredEvent[]>

  /**
   * All or none. A window that is there already (instance, service, implementation, start) is left as it is, so the same
   * ones may be written again when the answer was lost. That holds after a roll-up too, which no longer knows single
   * windows: one that starts before what was rolled up of its instance, service and implementation is taken for a
   * repetition. So write the windows of an instance in the order of their time; only ones that ended over 15 minutes
   * ago can be affected.
   */
  writeWindows(windows: readonly ObservationWindow[], signal?: AbortSignal): Promise<void>

  /**
   * The windows that were written since the cursor, each exactly once, in the order in which they became visible: also
   * late ones, whatever `sinceMs`. A roll-up of what the reader has read already changes nothing for it. Without a cursor,
   * or with one that is older than the last window that was rolled up, or that this store did not make: everything that
   * ends after `sinceMs`, each count once, `restart: true`. A ten-minute window then starts where the first one that it
   * adds up started, which may be before `sinceMs`. Pages of everything come oldest roll-up first, then windows; `sinceMs`
   * is that of the first page, and a roll-up of what is still to come begins them anew. Judge by what was read when a
   * page says that there is no more.
   */
  readWindows(
    from: Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number | undefined }>,
    signal?: AbortSignal,
  ): Promise<WindowPage>

  /**
   * Adds windows up into ten-minute ones across instances (`instance: '*'`), ten minutes at a time and whole ones only,
   * once all of them ended more than 15 minutes ago, and deletes ten-minute windows that ended more than 30 days ago. Counts
   * add and latency sketches merge; held bytes are the sum of what each instance held last. Late windows are added to the
   * ten minutes that they belong to. Windows in which nothing happened vanish. Idempotent; may run on any instance at any
   * time, also on several; interrupted, it has done less. The log is never touched.
   */
  compact(now: number, signal?: AbortSignal): Promise<Compaction>

  /**
   * Whether this instance leads, and so does the work that one instance can do for all, from now for `ttlMs` (an hour at
   * most) by the store's own clock: nobody else is told so meanwhile. Renews the instance's own lease, and takes over one
   * that has run out; `ttlMs` 0 gives it up, and is answered by false. Never waits for whoever leads. Leases are an
   * economy, nothing safe may rest on them: a leader may be slower than its lease, and a clock that was set back ends
   * it early. Where this rejects, do the work all the same.
   */
  lead(instance: string, ttlMs: number, signal?: AbortSignal): Promise<boolean>

  /**
   * Called when the log may have grown, by whichever instance, at the latest a second later; for an append through this
   * very store, before that resolves. May be called for nothing. What a listener throws is logged. Subscribe before the
   * first read: what happened between the two is not told.
   */
  subscribe(listener: () => void): Disposer

  close(): Promise<void>
}
