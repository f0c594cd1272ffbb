import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

import type { ErrorTranslation } from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import { archiveLayout } from '../format/archiveLayout.ts'
import type { EntrySource } from './EntrySource.ts'
import { errno } from './errno.ts'

const CHUNK_BYTES = 128 * 1024
/** A link put in the file's place is not followed, and a pipe put there does not hold us. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** A file as one entry. Fails when the file changes while it is read: half old, half new is no copy. */
export function fileEntry(file: string, path: string): EntrySource {
  let modifiedAt = ''

  async function* bytes(): AsyncGenerator<Buffer, void, undefined> {
    await using handle = await open(file, FLAGS)
    const before = await stateOf(handle)
    modifiedAt = before.modifiedAt
    let position = 0
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK_BYTES))
      position += bytesRead
      if (bytesRead === 0 || position > before.size) break
      yield buffer.subarray(0, bytesRead)
    }
    const after = await stateOf(handle)
    if (position !== before.size || after.stamp !== before.stamp) throw backupErrors.create('file_changed', {})
  }

  return { path, bytes, failure: fileUnreadable, facts: () => ({ kind: 'file', modifiedAt }) }
}

async function stateOf(handle: FileHandle) {
  const stats = await handle.stat({ bigint: true })
  if (!stats.isFile()) throw backupErrors.create('file_changed', {})
  const modifiedAt = archiveLayout.modifiedAt(Number(stats.mtimeMs))
  return { size: Number(stats.size), stamp: `${stats.size} ${stats.mtimeNs}`, modifiedAt }
}

/** A system call that failed among the caller's files, not in the store. */
export const fileUnreadable: ErrorTranslation = (cause) => {
  const reason = errno(cause)
  return reason === undefined ? undefined : backupErrors.create('file_unreadable', { reason }, { cause })
}
