const MASK_32 = 0xffff_ffffn
const MASK_64 = 0xffff_ffff_ffff_ffffn

/**
 * A stream of uniform numbers in [0, 1) with 53 random bits each; the same seed gives the same stream on every machine.
 * For simulations only: whoever sees some of its output can tell the rest. Any finite seed will do; it is truncated to
 * an integer of 64 bits.
 */
export function seededRandom(seed: number): () => number {
  const next = xoshiro128PlusPlus(splitMix64(BigInt(Math.trunc(seed))))
  return () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 0x20_0000_0000_0000
}

/**
 * xoshiro128++ 1.0 as unsigned 32-bit integers. The state must not be all zero.
 * Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
 */
export function xoshiro128PlusPlus(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const result = (rotateLeft((a + d) | 0, 7) + a) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
}

/**
 * Four words of state from one seed: two outputs of SplitMix64, which the authors of xoshiro advise, because seeds that
 * differ in one bit then give unrelated streams. Source: G. Steele, D. Lea and C. Flood, OOPSLA 2014.
 */
export function splitMix64(seed: bigint): [number, number, number, number] {
  const words: number[] = []
  for (let step = 1n; step <= 2n; step++) {
    let mixed = (seed + step * 0x9e37_79b9_7f4a_7c15n) & MASK_64
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & MASK_64
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d0_49bb_1331_11ebn) & MASK_64
    mixed ^= mixed >> 31n
    words.push(Number(mixed & MASK_32), Number(mixed >> 32n))
  }
  return words as [number, number, number, number]
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
