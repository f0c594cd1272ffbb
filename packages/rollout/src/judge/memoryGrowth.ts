import { memoryPoints, type MemorySeries } from '../evidence/MemorySeries.ts'
import { monotonicTrend, type TrendPoint } from '../statistics/monotonicTrend.ts'

/** Points, not minutes: an accelerated plan has short phases. */
export const MINIMUM_POINTS = 30
/** All pairs of points are compared, so this bounds the time that it takes. */
const MOST_POINTS = 60
const HOUR_MS = 3_600_000
const MATERIAL_SHARE = 0.1
const MATERIAL_BYTES = 2 ** 20

export type MemoryGrowth = Readonly<{
  points: number
  /** False: too few points to say anything. */
  enough: boolean
  growing: boolean
  bytesPerHour: number
  /** The slope from which on growth is material. */
  limitBytesPerHour: number
  /** The chance of rising as steadily by accident (Mann–Kendall, one-sided, over the whole series). */
  pValue: number
}>

/**
 * Whether memory keeps growing: it rises over the whole series and still does in its last third (Theil–Sen,
 * Mann–Kendall), at a quarter of the overall slope at least, and by at least 10 % and 1 MiB in all. What warms up and
 * levels off has a flat last third, and is not a leak. Of a series that was estimated from one sample in
 * `samplingIntervalBytes`, more is asked: see `samplingError`.
 */
export function memoryGrowth(series: MemorySeries, samplingIntervalBytes = 0): MemoryGrowth {
  const points = thinned(memoryPoints(series))
  const enough = points.length >= MINIMUM_POINTS
  const [first, last] = [points[0], points.at(-1)]
  if (!enough || first === undefined || last === undefined)
    return { points: points.length, enough: false, growing: false, bytesPerHour: 0, limitBytesPerHour: 0, pValue: 1 }
  const whole = monotonicTrend(points)
  const third = monotonicTrend(points.slice(Math.floor((points.length * 2) / 3)))
  const gained = whole.slope * (last.x - first.x)
  const material = Math.max(
    MATERIAL_BYTES,
    MATERIAL_SHARE * Math.max(0, whole.start),
    samplingError(whole.start + Math.max(0, gained), samplingIntervalBytes),
  )
  const isRising = whole.pValue < 0.001 && gained >= material
  const isStillRising = third.pValue < 0.05 && third.slope >= whole.slope / 4
  return {
    points: points.length,
    enough,
    growing: isRising && isStillRising,
    bytesPerHour: whole.slope * HOUR_MS,
    limitBytesPerHour: (material / (last.x - first.x)) * HOUR_MS,
    pValue: whole.pValue,
  }
}

/**
 * What the estimate of a steady size wavers by at most between two moments: three standard deviations of the difference
 * of two Poisson counts. Samples live on from window to window, so that their error drifts as a trend does. Simulated
 * over steady sizes from 2 to 800 MiB and lifetimes from 10 to 2,000 windows: one phase in ten alarms at worst without
 * this, none with it.
 */
function samplingError(bytes: number, intervalBytes: number): number {
  return 3 * Math.sqrt(2 * Math.max(0, bytes) * intervalBytes)
}

/** Means of neighbours, which also keeps them from resembling each other as much. */
function thinned(points: readonly TrendPoint[]): readonly TrendPoint[] {
  const size = Math.ceil(points.length / MOST_POINTS)
  if (size <= 1) return points
  return Array.from({ length: Math.floor(points.length / size) }, (_, block) => {
    const some = points.slice(block * size, (block + 1) * size)
    const total = some.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 0, y: 0 })
    return { x: total.x / size, y: total.y / size }
  })
}
