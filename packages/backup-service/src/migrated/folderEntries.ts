import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { translateFailure } from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import { isSafeEntryPath } from '../format/isSafeEntryPath.ts'
import type { EntrySource } from './EntrySource.ts'
import { fileEntry, fileUnreadable } from './fileEntry.ts'

/** Every file below a folder, sorted by name in each. What is neither file nor folder is passed to `onSkipped`. */
export async function* folderEntries(
  folder: string,
  folderName: string,
  onSkipped: () => void,
  below = '',
): AsyncGenerator<EntrySource> {
  for (const child of await childrenOf(join(folder, below))) {
    const relativePath = join(below, child.name)
    if (child.isDirectory()) yield* folderEntries(folder, folderName, onSkipped, relativePath)
    else if (child.isFile()) yield fileEntry(join(folder, relativePath), safePath(folderName, relativePath))
    else onSkipped()
  }
}

function safePath(folderName: string, relativePath: string): string {
  const path = archiveLayout.filePath(folderName, relativePath)
  if (!isSafeEntryPath(path)) throw backupErrors.create('unsafe_name', {})
  return path
}

async function childrenOf(folder: string): Promise<readonly Dirent[]> {
  const children = await translateFailure(readdir(folder, { withFileTypes: true }), fileUnreadable)
  return children.sort((a, b) => (a.name < b.name ? -1 : 1))
}
