import type { BackupRecord, BackupSource, RestoreTarget } from '@gradvis/backup-service'

import { type GeneratedRecord, RECORD_TYPES, type RecordType } from './generateRecords.ts'
import type { ProtokollDatabase } from './ProtokollDatabase.ts'

/** The application's records as BackupService reads them. */
export function backupSourceOf(database: ProtokollDatabase): BackupSource {
  return {
    recordTypes: RECORD_TYPES,
    async *records(subject, type, signal) {
      for (const record of database.records(subject, type as RecordType)) {
        signal.throwIfAborted()
        yield record
      }
    },
  }
}

/** The application's records as BackupService writes them back. */
export function restoreTargetOf(database: ProtokollDatabase): RestoreTarget {
  return {
    isEmpty: async (subject, types) =>
      types.every((type) => database.records(subject, type as RecordType).length === 0),
    async replace(subject, types, records, signal) {
      const all = await Array.fromAsync(records, toRecord)
      signal.throwIfAborted()
      database.replace(subject, types as readonly RecordType[], all)
    },
  }
}

/** A record of an archive is foreign until it is looked at. */
function toRecord({ type, id, body }: BackupRecord): GeneratedRecord {
  const known = RECORD_TYPES.find((one) => one === type)
  if (known === undefined || typeof body !== 'object' || body === null)
    throw new TypeError(`no record of this application: ${type}`)
  return { type: known, id, body: body as GeneratedRecord['body'] }
}
