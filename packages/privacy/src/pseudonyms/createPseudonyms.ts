import { createHmac, timingSafeEqual } from 'node:crypto'

import { privacyErrors } from '../privacyErrors.ts'

/** `id` is public (it is part of each pseudonym), `secret` is at least 32 random bytes. */
export type PseudonymKey = Readonly<{ id: string; secret: Uint8Array }>

/**
 * Names for people that only the holder of a key can link to them. The same subject always has the same pseudonym
 * under the same key.
 */
export interface Pseudonyms {
  /** Under the current key: `p_<keyId>_<22 characters>`. */
  of(subject: string): string
  /** Under every key, current first: what to look for when a subject is to be found after a rotation. */
  all(subject: string): readonly string[]
  /** Whether it is a pseudonym of the subject under any of the keys. Takes the same time whatever the answer is. */
  matches(subject: string, pseudonym: string): boolean
}

const KEY_ID = /^[a-z0-9-]{1,32}$/
const MIN_SECRET_BYTES = 32
const PSEUDONYM_BYTES = 16

/** Keeps a secret that is used for other purposes too from giving the same bytes there. */
const DOMAIN = 'gradvis/pseudonym/v1\0'

/**
 * Pseudonyms are the first 128 bits of HMAC-SHA-256. The first key is the current one, the others are known from before
 * a rotation. Throws `privacy.…` for no key, ids that repeat or cannot be part of a pseudonym, and short secrets.
 */
export function createPseudonyms({ keys }: { keys: readonly PseudonymKey[] }): Pseudonyms {
  const [current, ...older] = keys.map(checkedKey)
  if (current === undefined) throw privacyErrors.create('no_pseudonym_key', {})
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw privacyErrors.create('invalid_key_id', {})
  const all = (subject: string) => [pseudonymOf(subject, current), ...older.map((key) => pseudonymOf(subject, key))]
  return {
    of: (subject) => pseudonymOf(subject, current),
    all,
    matches: (subject, pseudonym) => all(subject).filter((known) => isSame(known, pseudonym)).length > 0,
  }
}

/** A copy, so that a caller who wipes its bytes changes no pseudonym. */
function checkedKey({ id, secret }: PseudonymKey): PseudonymKey {
  if (!KEY_ID.test(id)) throw privacyErrors.create('invalid_key_id', {})
  if (secret.byteLength < MIN_SECRET_BYTES) {
    throw privacyErrors.create('weak_pseudonym_key', { keyId: id, bytes: secret.byteLength })
  }
  return { id, secret: Uint8Array.from(secret) }
}

/** UTF-16 units, because UTF-8 makes one of all lone surrogates: two hostile ids would share a pseudonym. */
function pseudonymOf(subject: string, { id, secret }: PseudonymKey): string {
  const digest = createHmac('sha256', secret).update(DOMAIN).update(Buffer.from(subject, 'utf16le')).digest()
  return `p_${id}_${digest.subarray(0, PSEUDONYM_BYTES).toString('base64url')}`
}

function isSame(known: string, given: string): boolean {
  const [a, b] = [Buffer.from(known), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
