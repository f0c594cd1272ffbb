/**
 * How many single-letter edits lead from a text to each beginning of another one: to its first 0, 1, 2 … letters, last
 * to the whole. Levenshtein's distance, one row of the table at a time.
 */
export function editDistances(from: string, to: string): readonly [number, ...number[]] {
  let row: [number, ...number[]] = [0, ...Array.from({ length: to.length }, (_letter, index) => index + 1)]
  for (let i = 1; i <= from.length; i++) {
    const next: [number, ...number[]] = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row
}
