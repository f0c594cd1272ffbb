import { isServiceError, type ServiceError } from '@gradvis/kernel'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const SQLSTATE = /^[0-9A-Z]{5}$/
const UNIQUE_VIOLATION = '23505'
const READ_ONLY_TRANSACTION = '25006'
const DISK_FULL = '53100'
/** Wrong user or password, no such database or schema, no privilege. */
const DENIED = /^(28...|3D000|3F000|42501)$/
/** Lost or refused connections, no more connections, shutdown, statement time-out. */
const UNAVAILABLE = /^(08...|53300|57...)$/
/** Lock time-outs, deadlocks and serialization failures. */
const BUSY = /^(55P03|40...)$/

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === UNIQUE_VIOLATION
}

/**
 * An error of the database, its driver or the network as one of ours. Reasons are codes and fixed words: what drivers
 * say may hold addresses, names and values.
 */
export function postgresFailure(error: unknown): ServiceError {
  if (isServiceError(error)) return error
  const code = codeOf(error)
  const options = { cause: error }
  if (code === undefined) return withoutCode(error, options)
  if (!SQLSTATE.test(code)) return rolloutStoreErrors.create('unavailable', { reason: code }, options)
  if (DENIED.test(code)) return rolloutStoreErrors.create('denied', { reason: code }, options)
  if (code === READ_ONLY_TRANSACTION) return rolloutStoreErrors.create('read_only', {}, options)
  if (code === DISK_FULL) return rolloutStoreErrors.create('full', {}, options)
  if (BUSY.test(code)) return rolloutStoreErrors.create('busy', {}, options)
  const key = UNAVAILABLE.test(code) ? 'unavailable' : 'failed'
  return rolloutStoreErrors.create(key, { reason: code }, options)
}

const REASONS = {
  password: { sv: 'lösenordet godtas inte', en: 'the password is not accepted' },
  timeout: { sv: 'inget svar i tid', en: 'no answer in time' },
  connection: { sv: 'förbindelsen bröts', en: 'the connection broke' },
} as const

/** What the driver itself says has a message only. */
function withoutCode(error: unknown, options: ErrorOptions): ServiceError {
  const message = error instanceof Error ? error.message : ''
  if (/password|SASL/i.test(message)) return rolloutStoreErrors.create('denied', { reason: REASONS.password }, options)
  const reason = /time-?out/i.test(message) ? REASONS.timeout : REASONS.connection
  return rolloutStoreErrors.create('unavailable', { reason }, options)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
