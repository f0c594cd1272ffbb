import { basename } from 'node:path'

import { backupErrors } from '../backupErrors.ts'
import type { BackupOptions } from '../BackupOptions.ts'
import { typeName } from '../contract/BackupSummary.ts'
import type { CreateBackup } from '../contract/CreateBackup.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import { allowedFolder } from './allowedFolder.ts'
import type { EntrySource } from './EntrySource.ts'
import { folderEntries } from './folderEntries.ts'
import { recordEntry } from './recordEntry.ts'

export type EntryPlan = Readonly<{ entries: AsyncIterable<EntrySource>; skipped: () => number }>

/**
 * What a backup will hold: records by type in alphabetical order, then the folders in the order they were given.
 * Everything that the caller can have got wrong is refused here, before anything is written.
 */
export async function planEntries(input: CreateBackup, options: BackupOptions): Promise<EntryPlan> {
  const records = recordTypes(input, options).map((type) => recordEntry(sourceOf(options), input.subject, type))
  const rules = { roots: options.sourceRoots ?? [], storeFolder: options.storeFolder }
  const paths = input.sources.flatMap((source) => (source.kind === 'folder' ? [source.path] : []))
  const folders = await Promise.all(paths.map((path) => allowedFolder.source(path, rules)))
  const names = archiveLayout.folderNames(folders.map((folder) => basename(folder)))
  let skipped = 0

  async function* entries() {
    yield* records
    for (const [index, folder] of folders.entries())
      yield* folderEntries(folder, names[index] as string, () => (skipped += 1))
  }

  return { entries: entries(), skipped: () => skipped }
}

function recordTypes({ sources }: CreateBackup, options: BackupOptions): readonly string[] {
  const wanted = sources.flatMap((source) =>
    source.kind === 'records' ? (source.types ?? sourceOf(options).recordTypes) : [],
  )
  const unknown = wanted.find((type) => !sourceOf(options).recordTypes.includes(type))
  if (unknown !== undefined) throw backupErrors.create('unknown_record_type', { type: unknown })
  return [...new Set(wanted)].sort()
}

function sourceOf({ source }: BackupOptions) {
  if (!source) throw backupErrors.create('source_not_configured', {})
  const invalid = source.recordTypes.some((type) => !typeName.safeParse(type).success)
  if (invalid) throw backupErrors.create('source_failed', { type: 'invalid' })
  return source
}
