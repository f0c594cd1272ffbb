import { createPseudonyms, parsePseudonymKeys, type Pseudonyms } from '@gradvis/privacy'

/**
 * The pseudonyms of `GRADVIS_PSEUDONYM_KEYS`; undefined where it is not set. Throws `audit.invalid_pseudonym_keys`.
 */
export function pseudonymsIn(env: Readonly<Record<string, string | undefined>>): Pseudonyms | undefined {
  const keys = parsePseudonymKeys(env['GRADVIS_PSEUDONYM_KEYS'])
  return keys.length === 0 ? undefined : createPseudonyms({ keys })
}
