import { bucketBounds, BUCKETS } from './latencyBuckets.ts'

/** Names range and bucket width. Another layout is another name, so that old rows are refused and not misread. */
export const LATENCY_LAYOUT = 'log-1.04-us'

/** A sketch as plain data. `sums`: of µs, of µs², of ln µs, of (ln µs)². */
export type StoredLatencySketch = Readonly<{
  layout: typeof LATENCY_LAYOUT
  buckets: readonly number[]
  counts: readonly number[]
  sums: readonly [number, number, number, number]
}>

/** What the sums are sums of, rising with the duration, so that buckets bound them from both sides. */
const SUMMANDS: readonly ((micros: number) => number)[] = [
  (micros) => micros,
  (micros) => micros * micros,
  (micros) => Math.log(micros),
  (micros) => Math.log(micros) ** 2,
]

/** What the shortest and the longest duration of each bucket add to each sum: a fleet's sketches are read by the thousand. */
const BOUNDS = SUMMANDS.map((summand) => {
  const bounds = Array.from({ length: BUCKETS }, (_, bucket) => bucketBounds(bucket))
  const [shortest, longest] = [0, 1].map((end) => Float64Array.from(bounds, (both) => summand(both[end] as number)))
  return { shortest: shortest as Float64Array, longest: longest as Float64Array }
})

/** Checks shape and sense: the sums must be ones that durations in these buckets can have. */
export function parseLatencySketch(value: unknown): StoredLatencySketch | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { layout, buckets, counts, sums } = value as Record<string, unknown>
  if (layout !== LATENCY_LAYOUT || !isNumbers(buckets) || !isNumbers(counts) || !isNumbers(sums)) return undefined
  if (buckets.length !== counts.length || buckets.length > BUCKETS || sums.length !== SUMMANDS.length) return undefined
  if (!buckets.every((bucket, index) => isBucket(bucket) && bucket > (buckets[index - 1] ?? -1))) return undefined
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0)) return undefined
  if (!Number.isSafeInteger(counts.reduce((total, count) => total + count, 0))) return undefined
  const fits = BOUNDS.every((bounds, index) => isWithin(sums[index] as number, bounds, { buckets, counts }))
  return fits ? ({ layout, buckets, counts, sums } as unknown as StoredLatencySketch) : undefined
}

function isWithin(
  sum: number,
  { shortest, longest }: (typeof BOUNDS)[number],
  { buckets, counts }: Readonly<{ buckets: readonly number[]; counts: readonly number[] }>,
): boolean {
  let [least, most, total] = [0, 0, 0]
  for (let index = 0; index < buckets.length; index++) {
    const [bucket, count] = [buckets[index] as number, counts[index] as number]
    least += count * (shortest[bucket] as number)
    most += count * (longest[bucket] as number)
    total += count
  }
  // Sums of many doubles round; a thousandth is far above that and far below what would mislead anybody.
  const slack = 1e-3 * (most + total * 1e-6)
  return sum >= least - slack && sum <= most + slack
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => Number.isFinite(one))
}

function isBucket(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < BUCKETS
}
