import { backupErrors } from '../backupErrors.ts'
import type { BackupRecord, BackupSource } from '../BackupSource.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import type { EntrySource } from './EntrySource.ts'
import { untilAborted } from './untilAborted.ts'

const BATCH_CHARS = 64 * 1024

/** The records of a subject and a type as one NDJSON entry. */
export function recordEntry(source: BackupSource, subject: string, recordType: string): EntrySource {
  let recordCount = 0

  async function* bytes(signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
    let batch = ''
    for await (const record of untilAborted(source.records(subject, recordType, signal), signal)) {
      batch += lineOf(record, recordType)
      recordCount += 1
      if (batch.length < BATCH_CHARS) continue
      yield Buffer.from(batch)
      batch = ''
    }
    if (batch !== '') yield Buffer.from(batch)
  }

  return {
    path: archiveLayout.recordsPath(recordType),
    bytes,
    failure: (cause) => backupErrors.create('source_failed', { type: recordType }, { cause }),
    facts: () => ({ kind: 'records', recordType, recordCount }),
  }
}

function lineOf({ type, id, body }: BackupRecord, expected: string): string {
  if (type !== expected || typeof id !== 'string' || body === undefined) throw new TypeError('not a record of the type')
  return `${JSON.stringify({ type, id, body })}\n`
}
