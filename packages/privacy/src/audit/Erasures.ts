import { parseRanges } from './sequenceRanges.ts'

/** Which personal parts are gone, and which of them an erasure accounts for. */
export class Erasures {
  readonly #first: number
  readonly #unexplained = new Set<number>()
  readonly #explained = new Set<number>()

  /** `first`: what lies before it is not looked at. */
  constructor(first: number) {
    this.#first = first
  }

  get count(): number {
    return this.#explained.size
  }

  /** The personal part of an entry is gone. */
  missing(sequence: number): void {
    this.#unexplained.add(sequence)
  }

  /**
   * An erasure at `by` says which are gone. The first entry that it is wrong about; the erasure itself where it says
   * nothing that can be understood; undefined where all is well.
   */
  explain(sequences: unknown, by: number): number | undefined {
    const ranges = typeof sequences === 'string' ? parseRanges(sequences) : undefined
    if (!ranges || (ranges.at(-1)?.last ?? by) >= by) return by
    for (const { first, last } of ranges)
      for (let sequence = Math.max(first, this.#first); sequence <= last; sequence++) {
        if (this.#unexplained.delete(sequence)) this.#explained.add(sequence)
        else if (!this.#explained.has(sequence)) return sequence
      }
    return undefined
  }

  /** The first that is gone and that nothing accounts for. */
  get unexplained(): number | undefined {
    // They were added in order: the first that is left is the lowest.
    const [lowest] = this.#unexplained
    return lowest
  }
}
