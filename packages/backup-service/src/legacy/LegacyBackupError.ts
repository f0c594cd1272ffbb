export type LegacyBackupReason =
  | 'INVALID_ARGUMENT'
  | 'CANCELLED'
  | 'NO_SUCH_BACKUP'
  | 'CORRUPT_BACKUP'
  | 'UNKNOWN_FORMAT'
  | 'NO_RECORD_SOURCE'
  | 'UNKNOWN_RECORD_TYPE'
  | 'RECORD_SOURCE_FAILED'
  | 'DIRECTORY_FORBIDDEN'
  | 'DIRECTORY_MISSING'
  | 'FILE_UNREADABLE'
  | 'FILE_CHANGED'
  | 'FILE_NAME_UNSAFE'
  | 'NOTHING_FOUND'
  | 'DISK_FULL'
  | 'DISK_ERROR'
  | 'READ_BACK_FAILED'
  | 'OWNER_FORGOTTEN'
  | 'NO_RECORD_TARGET'
  | 'TARGET_FORBIDDEN'
  | 'TARGET_NOT_EMPTY'
  | 'RECORD_TARGET_FAILED'
  | 'NO_RECORDS_IN_BACKUP'
  | 'RULES_EMPTY'
  | 'RULES_CORRUPT'
  | 'CLOCK_WENT_BACK'
  | 'BAD_PAGE_MARK'

const DISK_FULL_CODES = new Set(['ENOSPC', 'EDQUOT'])

/** Every failure of `LegacyBackup`. `detail` is a type name, a system code or a version: never personal data. */
export class LegacyBackupError extends Error {
  readonly reason: LegacyBackupReason
  readonly detail: string

  constructor(reason: LegacyBackupReason, detail = '', cause?: unknown) {
    super(detail === '' ? reason : `${reason}: ${detail}`, { cause })
    this.name = 'LegacyBackupError'
    this.reason = reason
    this.detail = detail
  }

  /** Wraps failed system calls; leaves everything else as it is. */
  static fromDisk(error: unknown): unknown {
    const code = LegacyBackupError.systemCode(error)
    if (code === null) return error
    if (DISK_FULL_CODES.has(code)) return new LegacyBackupError('DISK_FULL', code, error)
    return new LegacyBackupError('DISK_ERROR', code, error)
  }

  /** `ENOENT` and the like, or null when no system call failed. */
  static systemCode(error: unknown): string | null {
    if (error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string')
      return error.code
    return null
  }
}
