import { type HashPrefix, murmur3 } from './murmur3.ts'

/** 100 % in basis points, and the number of buckets. */
export const BUCKETS = 10_000

/**
 * The bucket of a key, 0 to 9,999: flagd's `fractional` (version 2) with weights that sum to 10,000, hash × 10,000 >> 32.
 * The product stays under 2^46, so that a double holds it exactly. A subject is migrated when its bucket is less than
 * the percentage in basis points: 1,000 is exactly 10 %.
 */
export function bucketOf(prefix: HashPrefix, targetingKey: string): number {
  return Math.floor((murmur3(prefix, targetingKey) * BUCKETS) / 2 ** 32)
}
