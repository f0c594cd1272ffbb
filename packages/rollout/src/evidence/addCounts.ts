/** More would be text that somebody put into names. */
const MOST_NAMES = 100

/** Adds named counts to those that are there; names beyond the first hundred count as `*`. */
export function addCounts(counts: Map<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) {
    const key = counts.has(name) || counts.size < MOST_NAMES ? name : '*'
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
}
