import { auditErrors } from './auditErrors.ts'
import { secretBytes } from './secretBytes.ts'

/** The key of an audit trail as `GRADVIS_AUDIT_KEY` has it; undefined for none. Throws `audit.invalid_key`. */
export function parseAuditKey(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const key = secretBytes(text.trim())
  if (!key) throw auditErrors.create('invalid_key', {})
  return key
}
