import type { Pseudonyms } from '@gradvis/privacy'

import type { Session } from '../Session.ts'

export type NamedPseudonyms = Readonly<{ ids: readonly string[]; pseudonyms: Pseudonyms }>

/**
 * What people are called in the trail, under the keys in `GRADVIS_PSEUDONYM_KEYS`. Throws
 * `audit.missing_pseudonym_keys` and `audit.invalid_pseudonym_keys`.
 */
export async function pseudonymsOf({ env }: Session): Promise<NamedPseudonyms> {
  const { auditErrors, createPseudonyms, parsePseudonymKeys } = await import('@gradvis/privacy')
  const keys = parsePseudonymKeys(env['GRADVIS_PSEUDONYM_KEYS'])
  if (keys.length === 0) throw auditErrors.create('missing_pseudonym_keys', {})
  return { ids: keys.map(({ id }) => id), pseudonyms: createPseudonyms({ keys }) }
}
