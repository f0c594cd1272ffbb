import { backupErrors } from '../backupErrors.ts'
import type { BackupOptions } from '../BackupOptions.ts'
import type { RestoreBackup, RestoreReceipt } from '../contract/RestoreBackup.ts'
import { ArchiveReader } from '../format/ArchiveReader.ts'
import { type Manifest, type ManifestEntry, summaryOf } from '../format/Manifest.ts'
import { allowedFolder } from './allowedFolder.ts'
import { inspectArchive } from './inspectArchive.ts'
import type { ProgressMeter } from './ProgressMeter.ts'
import { restoreToApplication } from './restoreToApplication.ts'
import { requireEmpty, restoreToFolder } from './restoreToFolder.ts'

type Restore = Readonly<{
  manifest: Manifest
  archive: string
  options: BackupOptions
  newId: () => string
  meter: ProgressMeter
  signal: AbortSignal
}>

type PutBack = (reader: ArchiveReader) => Promise<void>

/** Restores a backup that has been verified whole, just before. Throws `damaged` and changes nothing otherwise. */
export async function restoreArchive(input: RestoreBackup, restore: Restore): Promise<RestoreReceipt> {
  const { manifest, archive, meter, signal } = restore
  const isFolder = input.target.kind === 'folder'
  const entries = isFolder ? manifest.entries : manifest.entries.filter(isRecords)
  const putBack = await plan(input, restore)
  meter.begin('checking')
  const { damage } = await inspectArchive(archive, manifest, { signal, onBytes: meter.add })
  if (damage.length > 0) throw backupErrors.create('damaged', {})
  meter.begin('restoring', bytesOf(entries))
  await using reader = await ArchiveReader.open(archive, manifest.entries)
  await putBack(reader)
  const { recordCount, fileCount } = summaryOf(manifest)
  const restoredFiles = isFolder ? fileCount : 0
  return {
    backupId: manifest.id,
    restoredRecords: recordCount,
    restoredFiles,
    restoredBytes: bytesOf(entries),
    leftOutFiles: fileCount - restoredFiles,
  }
}

/** Refuses what the caller can have got wrong before a byte is read; what it returns does the work. */
async function plan({ subject, target, overwrite }: RestoreBackup, restore: Restore): Promise<PutBack> {
  const { manifest, options, newId, meter, signal } = restore
  const how = { subject, overwrite, newId, signal, onBytes: meter.add }
  if (target.kind === 'folder') {
    const rules = { roots: options.restoreRoots ?? [], storeFolder: options.storeFolder }
    const folder = await allowedFolder.target(target.path, rules)
    await requireEmpty(folder, overwrite)
    return (reader) => restoreToFolder(reader, manifest.entries, { ...how, target: folder })
  }
  const application = options.restoreTarget
  if (!application) throw backupErrors.create('target_not_configured', {})
  const entries = manifest.entries.filter(isRecords)
  if (entries.length === 0) throw backupErrors.create('nothing_to_restore', {})
  return (reader) => restoreToApplication(application, reader, entries, how)
}

function isRecords(entry: ManifestEntry) {
  return entry.kind === 'records'
}

function bytesOf(entries: readonly ManifestEntry[]): number {
  return entries.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0)
}
