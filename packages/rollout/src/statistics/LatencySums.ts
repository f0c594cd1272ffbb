/** Count and sums of durations in µs and of their natural logarithms. */
export type LatencySums = Readonly<{
  count: number
  sum: number
  sumSquares: number
  sumLogs: number
  sumSquaredLogs: number
}>

export function addSums(left: LatencySums, right: LatencySums): LatencySums {
  return {
    count: left.count + right.count,
    sum: left.sum + right.sum,
    sumSquares: left.sumSquares + right.sumSquares,
    sumLogs: left.sumLogs + right.sumLogs,
    sumSquaredLogs: left.sumSquaredLogs + right.sumSquaredLogs,
  }
}
