import { createHmac, hash } from 'node:crypto'

/** How entries are linked, with the version of the entries. Every entry says it, so that a key cannot be left out. */
export const CHAIN_FORMATS = ['sha256/1', 'hmac-sha256/1'] as const
type ChainFormat = (typeof CHAIN_FORMATS)[number]

/** What every entry says of how it is linked. `key` tells keys apart and nothing of them: keys are long and random. */
export type ChainedBy = Readonly<{ format: ChainFormat; key?: string | undefined }>

export function chainedBy(key: Uint8Array | undefined): ChainedBy {
  if (key === undefined) return { format: 'sha256/1' }
  const id = createHmac('sha256', key).update('gradvis audit key').digest('hex').slice(0, 16)
  return { format: 'hmac-sha256/1', key: id }
}

/**
 * The hash of an entry, hexadecimal: of the previous one's hash (empty for the first) and its own body, which has the
 * commitment to the personal part in it. Neither a hash nor a body has a line break in it, so the text is unambiguous.
 */
export function linkHash(previous: string, body: string, key: Uint8Array | undefined): string {
  const text = `gradvis audit link\n${previous}\n${body}`
  return key === undefined ? hash('sha256', text) : createHmac('sha256', key).update(text).digest('hex')
}

/**
 * Binds an entry to its personal part and says nothing of it once that is gone: the personal part has 256 random bits
 * in it.
 */
export function commitmentTo(personal: string): string {
  return hash('sha256', `gradvis audit personal part\n${personal}`)
}
