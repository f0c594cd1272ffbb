import { EVERYBODY } from './EVERYBODY.ts'

type Last = Readonly<{ endMs: number; bytes: number }>

/**
 * One amount of bytes over several windows: the last value of each instance, summed over the instances. What was rolled
 * up before does not say whose bytes it counts, so it is the greater of the two sums there: never overstated.
 */
export class BytesSum {
  #before: number | undefined
  readonly #last = new Map<string, Last>()

  add({ instance, endMs }: Readonly<{ instance: string; endMs: number }>, bytes: number | undefined): void {
    if (bytes === undefined) return
    if (instance === EVERYBODY) this.#before = bytes
    else if (endMs >= (this.#last.get(instance)?.endMs ?? -Infinity)) this.#last.set(instance, { endMs, bytes })
  }

  /** Undefined where no window said it. */
  get bytes(): number | undefined {
    if (this.#last.size === 0) return this.#before
    const sum = [...this.#last.values()].reduce((total, { bytes }) => total + bytes, 0)
    return Math.max(sum, this.#before ?? 0)
  }
}
