import { backupErrors } from '../backupErrors.ts'
import type { BackupPage, ListBackups } from '../contract/ListBackups.ts'
import { pageCursor } from '../format/pageCursor.ts'
import type { Catalogue } from './BackupStore.ts'

/** One page of a catalogue that is sorted newest first. Throws `invalid_cursor`. */
export function pageOf({ backups, unreadableCount }: Catalogue, { type, limit, cursor }: ListBackups): BackupPage {
  const after = cursor === undefined ? undefined : placeOf(cursor)
  const wanted = backups.filter(
    (backup) => (type === undefined || backup.type === type) && (!after || pageCursor.compare(after, backup) < 0),
  )
  const page = wanted.slice(0, limit)
  const last = page.at(-1)
  const more = wanted.length > limit && last
  return { backups: page, ...(more && { nextCursor: pageCursor.encode(last) }), unreadableCount }
}

function placeOf(cursor: string) {
  const place = pageCursor.decode(cursor)
  if (!place) throw backupErrors.create('invalid_cursor', {})
  return place
}
