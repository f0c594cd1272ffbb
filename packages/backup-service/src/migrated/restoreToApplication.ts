import { translateFailure } from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import type { BackupRecord } from '../BackupSource.ts'
import { type ArchiveReader, EntryChanged } from '../format/ArchiveReader.ts'
import type { ManifestEntry } from '../format/Manifest.ts'
import { readRecords } from '../format/readRecords.ts'
import type { RestoreTarget } from '../RestoreTarget.ts'
import type { Flow } from './Flow.ts'

type RecordsEntry = Extract<ManifestEntry, { kind: 'records' }>

type Restore = Flow & Readonly<{ subject: string; overwrite: boolean }>

/** Hands the records of a backup to the application, which takes all of them or none. */
export async function restoreToApplication(
  target: RestoreTarget,
  reader: ArchiveReader,
  entries: readonly RecordsEntry[],
  { subject, overwrite, signal, onBytes }: Restore,
): Promise<void> {
  let handedOver = false
  const types = entries.map(({ recordType }) => recordType)

  async function* records(): AsyncGenerator<BackupRecord> {
    for (const entry of entries) {
      for await (const record of readRecords(reader, entry, onBytes)) {
        signal.throwIfAborted()
        yield record
      }
    }
    handedOver = true
  }

  async function handOver(): Promise<void> {
    if (!overwrite && !(await target.isEmpty(subject, types, signal))) throw backupErrors.create('target_not_empty', {})
    await target.replace(subject, types, records(), signal)
    if (!handedOver) throw new TypeError('the restore target left records unread')
  }

  await translateFailure(handOver(), targetFailed, signal)
}

/** Whatever it fails with, but for the archive, which is read while it takes the records. */
function targetFailed(cause: unknown) {
  return cause instanceof EntryChanged ? undefined : backupErrors.create('target_failed', {}, { cause })
}
