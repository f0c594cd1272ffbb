/** One sample of each side in each round. */
export type Pair = Readonly<{ legacyMs: number; migratedMs: number }>

export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError('Nothing was measured')
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}

/** What one side typically takes. */
export function medianMs(pairs: readonly Pair[], side: keyof Pair): number {
  return median(pairs.map((pair) => pair[side]))
}

/** How many times as long the migrated side takes: the median of the rounds, so that a disturbed round says little. */
export function pairedRatio(pairs: readonly Pair[]): number {
  return median(pairs.map(({ legacyMs, migratedMs }) => migratedMs / legacyMs))
}
