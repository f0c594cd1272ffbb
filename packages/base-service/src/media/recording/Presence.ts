/** Until when each participant of a recording has been there. */
export class Presence {
  readonly #leftAt = new Map<string, number>()

  see(present: readonly string[], now: number): void {
    for (const key of present) this.#leftAt.set(key, Infinity)
    for (const [key, leftAt] of this.#leftAt) {
      if (leftAt === Infinity && !present.includes(key)) this.#leftAt.set(key, now)
    }
  }

  has(key: string): boolean {
    return this.#leftAt.get(key) === Infinity
  }

  /** True also for a moment before they came; whoever cuts at it cuts too much rather than too little. */
  mayHaveBeenThereAfter(key: string, momentMs: number): boolean {
    return (this.#leftAt.get(key) ?? -Infinity) > momentMs
  }
}
