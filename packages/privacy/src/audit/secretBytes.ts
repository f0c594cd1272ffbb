const FEWEST_BYTES = 32

/** A secret of 256 bits or more in base64url, with or without padding; undefined for anything else. */
export function secretBytes(text: string): Uint8Array | undefined {
  if (!/^[\w-]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length >= FEWEST_BYTES ? bytes : undefined
}
