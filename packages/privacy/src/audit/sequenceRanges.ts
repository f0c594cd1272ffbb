type Range = Readonly<{ first: number; last: number }>

/** Sequences, ascending, as `3-7,9`. */
export function formatRanges(ranges: readonly Range[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}

/** Ascending sequences as ranges. */
export function rangesOf(sequences: readonly number[]): readonly Range[] {
  const ranges: { first: number; last: number }[] = []
  for (const sequence of sequences) {
    const open = ranges.at(-1)
    if (open && sequence === open.last + 1) open.last = sequence
    else ranges.push({ first: sequence, last: sequence })
  }
  return ranges
}

/** What `formatRanges` has written; undefined for anything else. */
export function parseRanges(text: string): readonly Range[] | undefined {
  let before = 0
  const ranges: Range[] = []
  for (const part of text.split(',')) {
    const [, from = '', to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part) ?? []
    const range = { first: Number(from), last: Number(to) }
    if (range.first <= before || range.last < range.first) return undefined
    before = range.last
    ranges.push(range)
  }
  return ranges
}
