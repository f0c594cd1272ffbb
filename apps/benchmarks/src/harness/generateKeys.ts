/** Distinct 36-character keys in the shape of a UUID, the same in every run. */
export function generateKeys(count: number, seed = 1): readonly string[] {
  const random = xorshift32(seed)
  const word = () => random().toString(16).padStart(8, '0')
  return Array.from({ length: count }, () => {
    const hex = word() + word() + word() + word()
    const key = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
    // A key that was read from a request is one flat string; one that was just joined need not be.
    return Buffer.from(key, 'latin1').toString('latin1')
  })
}

/** Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003: shifts 13, 17, 5. */
function xorshift32(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}
