/** The value below which the `share` of the numbers lies, interpolated between neighbours (type 7 of Hyndman and Fan). */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new RangeError('A quantile of nothing does not exist')
  const sorted = [...numbers].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const lower = sorted[Math.floor(position)] as number
  const upper = sorted[Math.ceil(position)] as number
  return lower + (upper - lower) * (position - Math.floor(position))
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5)
}
