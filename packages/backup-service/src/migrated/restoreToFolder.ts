import { mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { backupErrors } from '../backupErrors.ts'
import type { ArchiveReader } from '../format/ArchiveReader.ts'
import type { ManifestEntry } from '../format/Manifest.ts'
import { durable } from './durable.ts'
import { errno, unlessMissing } from './errno.ts'
import type { Flow } from './Flow.ts'

type Restore = Flow & Readonly<{ target: string; overwrite: boolean; newId: () => string }>

/** Throws `target_not_empty` when a folder has something in it that may not be replaced. */
export async function requireEmpty(target: string, overwrite: boolean): Promise<void> {
  const names = overwrite ? [] : await readdir(target).catch(unlessMissing)
  if (names?.length) throw backupErrors.create('target_not_empty', {})
}

/** Writes every entry to a staging folder beside the target, then puts it in the target's place; or changes nothing. */
export async function restoreToFolder(
  reader: ArchiveReader,
  entries: readonly ManifestEntry[],
  restore: Restore,
): Promise<void> {
  const staging = join(dirname(restore.target), `.restoring-${restore.newId()}`)
  await mkdir(staging)
  try {
    for (const entry of entries) await extract(reader, entry, staging, restore)
    restore.signal.throwIfAborted()
    await swap(staging, restore)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

async function extract(reader: ArchiveReader, entry: ManifestEntry, staging: string, restore: Restore): Promise<void> {
  const file = join(staging, entry.path)
  await mkdir(dirname(file), { recursive: true })
  // Exclusive: where two names of the archive are one to the file system, the second is refused and follows no link.
  await using handle = await open(file, 'wx')
  for await (const chunk of reader.read(entry)) {
    restore.signal.throwIfAborted()
    await handle.writeFile(chunk)
    restore.onBytes(chunk.length)
  }
  if (entry.kind === 'file') await utimes(file, new Date(entry.modifiedAt), new Date(entry.modifiedAt))
}

async function swap(staging: string, { target, overwrite, newId }: Restore): Promise<void> {
  // The system itself replaces an empty folder and refuses to replace one that has been filled meanwhile.
  if (await durable.rename(staging, target).then(() => true, isTaken)) return
  if (!overwrite) throw backupErrors.create('target_not_empty', {})
  const replaced = join(dirname(target), `.replaced-${newId()}`)
  await rename(target, replaced)
  try {
    await durable.rename(staging, target)
  } catch (error) {
    await rename(replaced, target)
    throw error
  }
  await rm(replaced, { recursive: true, force: true })
}

function isTaken(error: unknown): false {
  if (['ENOTEMPTY', 'EEXIST'].includes(errno(error) ?? '')) return false
  throw error
}
