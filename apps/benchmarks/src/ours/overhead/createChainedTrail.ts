import { createHmac } from 'node:crypto'

import type { Clock } from '@gradvis/kernel'
import { createAuditTrail, type RecordHead, type RecordLog, type StoredAuditTrail } from '@gradvis/privacy'

/** The real trail on a log that keeps only where it ends: hashing, chaining and joining of writes, but no disk. */
export function createChainedTrail(clock: Clock): StoredAuditTrail {
  let head: RecordHead = { sequence: 0, hash: '' }
  const log: RecordLog = {
    async append(change) {
      const last = change(head).rows.at(-1)
      if (last) head = { sequence: last.sequence, hash: last.hash }
    },
    read: async () => [],
    head: async () => head,
    close: async () => {},
  }
  const of = (subject: string) => createHmac('sha256', 'benchmark').update(subject).digest('base64url')
  return createAuditTrail({ log, clock, pseudonyms: { of, all: (subject) => [of(subject)] } })
}
