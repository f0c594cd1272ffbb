/**
 * The candidate that was probably meant, whole or by its beginning: the fewest single-letter edits away, whatever the
 * case, and no more of them than a third of the letters.
 */
export function nearestOf(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.slice(0, 100).toLowerCase()
  const scored = candidates.map((candidate) => ({
    candidate,
    distance: editsToBeginning(wanted, candidate.toLowerCase()),
  }))
  const best = scored.toSorted((one, other) => one.distance - other.distance)[0]
  return best && best.distance <= wanted.length / 3 ? best.candidate : undefined
}

/** Levenshtein's distance to the nearest beginning of `to`: the last row of the table has one entry for each. */
function editsToBeginning(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return Math.min(...row)
}
