/** The same choices in every run of the same seed. */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** Mulberry32 (Tommy Ettinger): 32 bits of state, every seed fit to start with. In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** Both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T
  }

  isOneIn(count: number): boolean {
    return this.int(1, count) === 1
  }

  /** `count` characters of `alphabet`. */
  text(count: number, alphabet: string): string {
    return Array.from({ length: count }, () => alphabet[this.int(0, alphabet.length - 1)]).join('')
  }

  digits(count: number): string {
    return this.text(count, '0123456789')
  }

  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = this.int(0, last)
      const kept = result[last] as T
      result[last] = result[other] as T
      result[other] = kept
    }
    return result
  }
}
