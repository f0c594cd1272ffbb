import { backupErrors } from '../backupErrors.ts'
import { errno } from './errno.ts'

/** A failed system call as an error of the catalogue; anything else as it is. */
export function toStorageError(error: unknown): unknown {
  const reason = errno(error)
  if (reason === undefined) return error
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return backupErrors.create('storage_full', {}, { cause: error })
  return backupErrors.create('storage_failed', { reason }, { cause: error })
}
