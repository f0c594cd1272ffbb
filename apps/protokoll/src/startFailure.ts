import type { ServiceError } from '@gradvis/kernel'

import { protokollErrors } from './texts/protokollErrors.ts'

/** A failure of the system that has nothing to do with the code, and what to do about it; undefined for all others. */
export function startFailure(error: unknown): ServiceError | undefined {
  if (!(error instanceof Error && 'syscall' in error)) return undefined
  const { code: reason = '–', port = 0, path: folder = '–' } = error as NodeJS.ErrnoException & { port?: number }
  if (error.syscall === 'listen') return protokollErrors.create('port_unusable', { port, reason }, { cause: error })
  if (error.syscall === 'mkdir') return protokollErrors.create('folder_unusable', { folder, reason }, { cause: error })
  return undefined
}
