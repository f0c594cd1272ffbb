import { erfc } from './erfc.ts'

export type TrendPoint = Readonly<{ x: number; y: number }>

export type MonotonicTrend = Readonly<{
  /** The median of the slopes between all pairs of points: y per x. 0 with fewer than two. */
  slope: number
  /** The value at the first point of the line with that slope through the middle of the points. */
  start: number
  /** The chance of so many rising pairs, one-sided, if there were no trend. 1 with fewer than two points. */
  pValue: number
}>

/**
 * Whether a series rises, and how fast, unmoved by outliers and by how the values are distributed. For points in
 * ascending order of x; takes quadratic time. Taken as independent: neighbours that resemble each other make the
 * p-value too small, so judge by the size of the slope too.
 * Sources: slope H. Theil, Proc. KNAW 53, 1950, and P. Sen, JASA 63(324), 1968; significance with ties H. Mann,
 * Econometrica 13(3), 1945, and M. Kendall, "Rank Correlation Methods", 1975.
 */
export function monotonicTrend(points: readonly TrendPoint[]): MonotonicTrend {
  const first = points[0]
  if (first === undefined) return { slope: 0, start: 0, pValue: 1 }
  const slopes: number[] = []
  let rising = 0
  for (let later = 1; later < points.length; later++) {
    const to = points[later] as TrendPoint
    for (let earlier = 0; earlier < later; earlier++) {
      const from = points[earlier] as TrendPoint
      rising += Math.sign(to.y - from.y)
      if (to.x > from.x) slopes.push((to.y - from.y) / (to.x - from.x))
    }
  }
  const slope = median(slopes)
  const start = median(points.map(({ x, y }) => y - slope * (x - first.x)))
  return { slope, start, pValue: significance(rising, points) }
}

function significance(rising: number, points: readonly TrendPoint[]): number {
  const ties = new Map<number, number>()
  for (const { y } of points) ties.set(y, (ties.get(y) ?? 0) + 1)
  const tied = [...ties.values()].reduce((sum, count) => sum + spread(count), 0)
  const variance = (spread(points.length) - tied) / 18
  if (variance <= 0) return 1
  // 1 towards 0: the continuity correction for a sum that moves in steps of 2.
  return erfc((rising - Math.sign(rising)) / Math.sqrt(2 * variance)) / 2
}

function spread(count: number): number {
  return count * (count - 1) * (2 * count + 5)
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? 0 : (low + high) / 2
}
