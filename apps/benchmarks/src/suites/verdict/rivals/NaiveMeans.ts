/** The schedule's words taken literally: in the last five minutes the mean was more than 1.5 times legacy's. */
const FACTOR = 1.5
const MINUTES = 5

type Minute = Readonly<{ count: number; sum: number }>

/** To be told of every minute; says whether it rolls back now. */
export class NaiveMeans {
  readonly #migrated: Minute[] = []
  readonly #legacy: Minute[] = []

  isWorse(migrated: Minute, legacy: Minute): boolean {
    this.#migrated.push(migrated)
    this.#legacy.push(legacy)
    if (this.#migrated.length < MINUTES) return false
    const [ours, theirs] = [meanOf(this.#migrated.slice(-MINUTES)), meanOf(this.#legacy.slice(-MINUTES))]
    return ours > FACTOR * theirs
  }
}

function meanOf(minutes: readonly Minute[]): number {
  return minutes.reduce((sum, one) => sum + one.sum, 0) / minutes.reduce((sum, { count }) => sum + count, 0)
}
