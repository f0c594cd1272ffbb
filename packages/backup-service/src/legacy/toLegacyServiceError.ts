import { serviceErrors } from '@gradvis/base-service'
import { isServiceError, type ServiceError } from '@gradvis/kernel'

import { backupErrors } from '../backupErrors.ts'
import { LegacyBackupError, type LegacyBackupReason } from './LegacyBackupError.ts'

type Named = Readonly<{ service: string; operation: string }>
type Create = (detail: string, cause: ErrorOptions, named: Named) => ServiceError
type PlainKey = Exclude<
  Parameters<typeof backupErrors.create>[0],
  'unsupported_format' | 'unknown_record_type' | 'source_failed' | 'file_unreadable' | 'storage_failed'
>

const plain =
  (key: PlainKey): Create =>
  (_detail, cause) =>
    backupErrors.create(key, {}, cause)

const ERRORS: Readonly<Record<LegacyBackupReason, Create>> = {
  INVALID_ARGUMENT: (details, cause, named) => serviceErrors.create('invalid_input', { ...named, details }, cause),
  CANCELLED: (_detail, cause, named) => serviceErrors.create('cancelled', named, cause),
  NO_SUCH_BACKUP: plain('not_found'),
  CORRUPT_BACKUP: plain('damaged'),
  UNKNOWN_FORMAT: (formatVersion, cause) => backupErrors.create('unsupported_format', { formatVersion }, cause),
  NO_RECORD_SOURCE: plain('source_not_configured'),
  UNKNOWN_RECORD_TYPE: (type, cause) => backupErrors.create('unknown_record_type', { type }, cause),
  RECORD_SOURCE_FAILED: (type, cause) => backupErrors.create('source_failed', { type }, cause),
  DIRECTORY_FORBIDDEN: plain('folder_not_allowed'),
  DIRECTORY_MISSING: plain('folder_not_found'),
  FILE_UNREADABLE: (reason, cause) => backupErrors.create('file_unreadable', { reason }, cause),
  FILE_CHANGED: plain('file_changed'),
  FILE_NAME_UNSAFE: plain('unsafe_name'),
  NOTHING_FOUND: plain('nothing_to_back_up'),
  DISK_FULL: plain('storage_full'),
  DISK_ERROR: (reason, cause) => backupErrors.create('storage_failed', { reason }, cause),
  READ_BACK_FAILED: plain('self_check_failed'),
  OWNER_FORGOTTEN: plain('subject_erased'),
  NO_RECORD_TARGET: plain('target_not_configured'),
  TARGET_FORBIDDEN: plain('target_not_allowed'),
  TARGET_NOT_EMPTY: plain('target_not_empty'),
  RECORD_TARGET_FAILED: plain('target_failed'),
  NO_RECORDS_IN_BACKUP: plain('nothing_to_restore'),
  RULES_EMPTY: plain('policy_empty'),
  RULES_CORRUPT: plain('policy_unreadable'),
  CLOCK_WENT_BACK: plain('clock_went_back'),
  BAD_PAGE_MARK: plain('invalid_cursor'),
}

/** What the legacy service threw, as the contract has it. */
export function toLegacyServiceError(error: unknown, named: Named): ServiceError {
  if (isServiceError(error)) return error
  if (error instanceof LegacyBackupError) return ERRORS[error.reason](error.detail, { cause: error }, named)
  return serviceErrors.create('unexpected', named, { cause: error })
}
