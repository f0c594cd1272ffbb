import { type Clock, isServiceError } from '@gradvis/kernel'

import { auditErrors } from './auditErrors.ts'
import type { AuditTrail } from './AuditTrail.ts'
import { type Erasure, eraseSubject } from './eraseSubject.ts'
import { GroupCommit } from './GroupCommit.ts'
import { linkEntries, type NewEntry } from './linkEntries.ts'
import { newEntry } from './newEntry.ts'
import type { RecordLog } from './RecordLog.ts'
import { refuseOtherChain } from './refuseOtherChain.ts'
import type { SubjectPseudonyms } from './SubjectPseudonyms.ts'

export type AuditTrailOptions = Readonly<{
  log: RecordLog
  pseudonyms: SubjectPseudonyms
  clock: Clock
  /**
   * Links the entries by HMAC, so that nobody without it can write a chain that holds. The same for as long as the log
   * lives: one that was begun without a key, or with another, is refused with `audit.key_needed` or `audit.wrong_key`.
   */
  key?: Uint8Array | undefined
  /** The most entries that wait for a write before `record` rejects. Default 10,000. */
  maxWaiting?: number | undefined
}>

/** An audit trail in a store. */
export interface StoredAuditTrail extends AuditTrail {
  /**
   * Forgets the personal part of every entry that names the subject, as subject or as actor, and that was recorded before
   * the call; appends the entry `audit.erased`, which names those entries. Both at once or neither. Such an entry loses
   * subject and actor together. Where there is none, nothing is written.
   */
  erase(subject: string, by?: Readonly<{ actor?: string; signal?: AbortSignal }>): Promise<Erasure>
  /** Rejects with what keeps entries from being written: `audit.key_needed`, `audit.wrong_key`, `audit.unwritable`. */
  check(): Promise<void>
  /** Writes what waits; `record` rejects from now on. The log stays open: whoever opened it closes it. Idempotent. */
  close(): Promise<void>
}

/** Long enough to share a commit, short enough to hold the lock of the log for milliseconds. */
const ENTRIES_PER_WRITE = 500
const MAX_WAITING = 10_000
const UNEXPECTED = { sv: 'ett oväntat fel', en: 'an unexpected failure' } as const

/** The audit trail in a log. Any number of trails, in any number of processes, write one chain. */
export function createAuditTrail(options: AuditTrailOptions): StoredAuditTrail {
  const { pseudonyms, clock, key, maxWaiting = MAX_WAITING } = options
  const log = continued(options.log, key)
  const write = (entries: readonly NewEntry[]) => log.append((head) => ({ rows: linkEntries(entries, head, key) }))
  const group = new GroupCommit(write, { perWrite: ENTRIES_PER_WRITE, waiting: maxWaiting })
  let isClosed = false

  return {
    async record(record) {
      if (isClosed) throw auditErrors.create('closed', {})
      if (group.isFull) throw auditErrors.create('overloaded', { limit: maxWaiting })
      await group.add(newEntry(record, pseudonyms, clock.now()))
    },
    async erase(subject, by = {}) {
      if (isClosed) throw auditErrors.create('closed', {})
      await group.written()
      return eraseSubject({ log, pseudonyms, clock, key }, subject, by)
    },
    check: () => log.check(),
    async close() {
      isClosed = true
      await group.written()
    },
  }
}

/** A log for a writer with one key. Whatever keeps it from writing is an `audit.…`. */
type Continued = Pick<RecordLog, 'append' | 'read'> & Readonly<{ check: () => Promise<void> }>

function continued(log: RecordLog, key: Uint8Array | undefined): Continued {
  let continues: Promise<void> | undefined
  const writable = async (work: () => Promise<void>) => {
    try {
      // Once; again after a failure, because the store may have been away.
      continues ??= refuseOtherChain(log, key)
      await continues
      await work()
    } catch (error) {
      continues = undefined
      throw unwritable(error)
    }
  }
  return {
    append: (change) => writable(() => log.append(change)),
    read: (afterSequence, limit, signal) => log.read(afterSequence, limit, signal),
    check: () => writable(async () => {}),
  }
}

function unwritable(cause: unknown): unknown {
  if (!isServiceError(cause)) return auditErrors.create('unwritable', { reason: UNEXPECTED }, { cause })
  return cause.code.startsWith('audit.') ? cause : auditErrors.create('unwritable', { reason: cause.code }, { cause })
}
