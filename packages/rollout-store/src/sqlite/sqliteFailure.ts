import { isServiceError, type LocalizedText, type ServiceError } from '@gradvis/kernel'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'

// Primary result codes, https://www.sqlite.org/rescode.html
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

/** The result code of an error of SQLite; undefined for any other error. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code === BUSY || code === LOCKED
}

/** An error of SQLite or of the file system as one of ours. Reasons are fixed words: no path, no content. */
export function sqliteFailure(error: unknown): ServiceError {
  if (isServiceError(error)) return error
  const reason = reasonOf(error)
  const options = { cause: error }
  const code = resultCode(error)
  if (isBusy(error)) return rolloutStoreErrors.create('busy', {}, options)
  if (code === READONLY) return rolloutStoreErrors.create('read_only', {}, options)
  if (code === FULL) return rolloutStoreErrors.create('full', {}, options)
  if (code === CORRUPT || code === NOTADB) return rolloutStoreErrors.create('corrupt', { reason }, options)
  if (code === CANTOPEN) return rolloutStoreErrors.create('cannot_open', { reason }, options)
  return rolloutStoreErrors.create(code === IOERR ? 'unavailable' : 'failed', { reason }, options)
}

/** SQLite's own words are English. */
const REASONS: Readonly<Record<number, LocalizedText>> = {
  [IOERR]: { sv: 'disken gick inte att läsa eller skriva', en: 'the disk could not be read or written' },
  [CORRUPT]: { sv: 'innehållet är trasigt', en: 'the content is malformed' },
  [CANTOPEN]: { sv: 'filen gick inte att öppna', en: 'the file could not be opened' },
  [NOTADB]: { sv: 'filen är ingen databas', en: 'the file is no database' },
}

function reasonOf(error: unknown): LocalizedText | string {
  const code = resultCode(error)
  if (code !== undefined) return REASONS[code] ?? `SQLite ${code}`
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '–'
}
