import type { PseudonymKey } from '../pseudonyms/createPseudonyms.ts'
import { auditErrors } from './auditErrors.ts'
import { secretBytes } from './secretBytes.ts'

/**
 * The keys of pseudonyms as `GRADVIS_PSEUDONYM_KEYS` has them, `id:base64url,…`, the one that is used now first; none for
 * undefined. Throws `audit.invalid_pseudonym_keys`, which says which one is wrong and repeats nothing of it.
 */
export function parsePseudonymKeys(text: string | undefined): readonly PseudonymKey[] {
  if (text === undefined || text.trim() === '') return []
  const ids = new Set<string>()
  return text.split(',').map((part, index) => {
    const [, id = '', encoded = ''] = /^([a-z0-9-]{1,32}):(.+)$/.exec(part.trim()) ?? []
    const secret = secretBytes(encoded)
    if (!secret || ids.has(id)) throw auditErrors.create('invalid_pseudonym_keys', { position: index + 1 })
    ids.add(id)
    return { id, secret }
  })
}
