import type { ErrorTranslation } from '@gradvis/base-service'

import { backupErrors } from '../backupErrors.ts'
import { EntryChanged } from '../format/ArchiveReader.ts'
import { errno } from './errno.ts'

/** A failed system call is the store's, an archive that changes while it is read is damaged. */
export const toBackupError: ErrorTranslation = (cause) => {
  if (cause instanceof EntryChanged) return backupErrors.create('damaged', {}, { cause })
  const reason = errno(cause)
  if (reason === undefined) return undefined
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return backupErrors.create('storage_full', {}, { cause })
  return backupErrors.create('storage_failed', { reason }, { cause })
}
