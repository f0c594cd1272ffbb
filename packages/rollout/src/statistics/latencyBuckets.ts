/** Neighbouring bucket bounds differ by this factor, which makes the error (1.04 - 1) / (1.04 + 1) = 1.97 %. */
const GROWTH = 1.04
const BUCKETS_PER_LOG = 1 / Math.log(GROWTH)

/** The range of a sketch in microseconds: 1 µs to 1 h. */
export const SHORTEST_US = 1
export const LONGEST_US = 3.6e9
export const BUCKETS = Math.ceil(Math.log(LONGEST_US) * BUCKETS_PER_LOG) + 1

/** The bucket of a duration given as its natural logarithm in microseconds; durations must be in range. */
export function bucketOfLog(log: number): number {
  return Math.ceil(log * BUCKETS_PER_LOG)
}

/** The durations of a bucket in microseconds: above the first, up to and including the second. */
export function bucketBounds(bucket: number): readonly [number, number] {
  return [Math.max(SHORTEST_US, GROWTH ** (bucket - 1)), Math.min(LONGEST_US, GROWTH ** bucket)]
}

/** The value that is off by the same factor from both ends of a bucket, in microseconds. */
export function bucketMiddle(bucket: number): number {
  const middle = (2 * GROWTH ** bucket) / (GROWTH + 1)
  return Math.min(LONGEST_US, Math.max(SHORTEST_US, middle))
}
