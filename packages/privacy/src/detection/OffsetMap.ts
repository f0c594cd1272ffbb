/** From offsets of a folded text to offsets of the text as it was given. Keeps a number per place where they part. */
export class OffsetMap {
  readonly #positions: number[] = []
  readonly #shifts: number[] = []
  readonly #wide = new Set<number>()

  /** From the folded `position` on, the original is `shift` units ahead. */
  shiftFrom(position: number, shift: number): void {
    if (this.#positions.at(-1) === position) this.#shifts[this.#shifts.length - 1] = shift
    else {
      this.#positions.push(position)
      this.#shifts.push(shift)
    }
  }

  /** The folded unit at `position` was two units. */
  widen(position: number): void {
    this.#wide.add(position)
  }

  /** Invisible characters after the last one of the span are not part of it. */
  original(start: number, end: number): { start: number; end: number } {
    const last = end - 1
    return {
      start: start + this.#shiftAt(start),
      end: last + this.#shiftAt(last) + (this.#wide.has(last) ? 2 : 1),
    }
  }

  /** Nothing before the position will be asked for again. */
  forget(before: number): void {
    const index = this.#indexAt(before)
    if (index < 4096) return
    this.#positions.splice(0, index)
    this.#shifts.splice(0, index)
    for (const position of this.#wide) if (position < before) this.#wide.delete(position)
  }

  #shiftAt(position: number): number {
    return this.#shifts[this.#indexAt(position)] ?? 0
  }

  /** The last place at or before the position, -1 for none. */
  #indexAt(position: number): number {
    let [low, high] = [0, this.#positions.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#positions[middle] as number) <= position) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
