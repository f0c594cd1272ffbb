import { describe, expect, it } from 'vitest'

import { EntryChanged } from '../format/ArchiveReader.ts'
import { toBackupError } from './toBackupError.ts'

const failedCall = (code: string) => Object.assign(new Error('of the system'), { syscall: 'write', code })

describe('toBackupError', () => {
  it.each([
    ['ENOSPC', 'backup.storage_full', {}],
    ['EDQUOT', 'backup.storage_full', {}],
    ['EIO', 'backup.storage_failed', { reason: 'EIO' }],
  ])('says of a system call that failed with %s that it is %s', (system, code, params) => {
    const cause = failedCall(system)
    expect(toBackupError(cause)).toMatchObject({ code, params, cause })
  })

  it('calls an archive damaged that changes while it is read', () => {
    const cause = new EntryChanged('documents/a.txt')
    expect(toBackupError(cause)).toMatchObject({ code: 'backup.damaged', cause })
  })

  it('knows nothing of other failures', () => {
    expect(toBackupError(new TypeError('a defect'))).toBeUndefined()
    expect(toBackupError(Object.assign(new Error('of something else'), { code: 'ENOSPC' }))).toBeUndefined()
  })
})
