import { editDistances } from '@gradvis/kernel'

/**
 * The candidate that was probably meant, whole or by its beginning: the fewest single-letter edits away, whatever the
 * case, and no more of them than a third of the letters.
 */
export function nearestOf(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.slice(0, 100).toLowerCase()
  const scored = candidates.map((candidate) => ({
    candidate,
    distance: Math.min(...editDistances(wanted, candidate.toLowerCase())),
  }))
  const best = scored.toSorted((one, other) => one.distance - other.distance)[0]
  return best && best.distance <= wanted.length / 3 ? best.candidate : undefined
}
