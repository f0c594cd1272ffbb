import { editDistances } from '@gradvis/kernel'

export type Nearest = Readonly<{ name: string; distance: number }>

/** The candidate that takes the fewest single-letter edits to reach, the first of equals. */
export function nearestName(name: string, candidates: readonly string[]): Nearest {
  return candidates
    .map((candidate) => ({ name: candidate, distance: editDistances(name, candidate).at(-1) ?? 0 }))
    .reduce((best, next) => (next.distance < best.distance ? next : best), { name: '', distance: Infinity })
}
