const C1 = 0xcc9e2d51
const C2 = 0x1b873593

/** The textbook algorithm over bytes, written without a look at the fast one: what that is compared with. */
export function referenceMurmur3(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blocks = bytes.length >> 2
  let hash = 0
  for (let block = 0; block < blocks; block++) {
    hash ^= Math.imul(rotate(Math.imul(view.getUint32(block * 4, true), C1), 15), C2)
    hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let index = bytes.length - 1; index >= blocks * 4; index--) tail = (tail << 8) | view.getUint8(index)
  hash ^= Math.imul(rotate(Math.imul(tail, C1), 15), C2) ^ bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
