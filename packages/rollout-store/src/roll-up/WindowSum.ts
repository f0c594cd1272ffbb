import { LatencySketch, type ObservationWindow } from '@gradvis/rollout'

import { EVERYBODY } from './EVERYBODY.ts'
import { OperationSum } from './OperationSum.ts'

type Held = Readonly<{ endMs: number; bytes: number }>

/**
 * Windows of one service and implementation, added up over time and instances. Spans from the earliest start to the
 * latest end of what was added. Held bytes: the last value of each instance, summed over the instances. What was rolled
 * up before does not say whose bytes it counts, so it is the greater of the two sums there: never overstated.
 */
export class WindowSum {
  #startMs = Infinity
  #endMs = -Infinity
  #heldBefore: number | undefined
  readonly #held = new Map<string, Held>()
  readonly #operations = new Map<string, OperationSum>()

  /** False, and nothing added, when one of its latency sketches can't be read. */
  add(window: ObservationWindow): boolean {
    const operations = Object.entries(window.operations)
    const sketches = operations.map(([, { latency }]) => latency && LatencySketch.fromJSON(latency))
    if (operations.some(([, { latency }], index) => latency && sketches[index] === undefined)) return false
    for (const [index, [name, operation]] of operations.entries()) this.#operation(name).add(operation, sketches[index])
    this.#addHeld(window)
    this.#startMs = Math.min(this.#startMs, window.startMs)
    this.#endMs = Math.max(this.#endMs, window.endMs)
    return true
  }

  /** Undefined when nothing happened and nothing was held. */
  toWindow(service: string, implementation: ObservationWindow['implementation']): ObservationWindow | undefined {
    const heldBytes = this.#heldBytes()
    const busy = [...this.#operations].filter(([, operation]) => !operation.isEmpty)
    if (busy.length === 0 && heldBytes === undefined) return undefined
    return {
      instance: EVERYBODY,
      service,
      implementation,
      startMs: this.#startMs,
      endMs: this.#endMs,
      ...(heldBytes !== undefined && { heldBytes }),
      operations: Object.fromEntries(busy.map(([name, operation]) => [name, operation.toWindow()])),
    }
  }

  #operation(name: string): OperationSum {
    const known = this.#operations.get(name)
    if (known) return known
    const operation = new OperationSum()
    this.#operations.set(name, operation)
    return operation
  }

  #addHeld({ instance, endMs, heldBytes }: ObservationWindow): void {
    if (heldBytes === undefined) return
    if (instance === EVERYBODY) this.#heldBefore = heldBytes
    else if (endMs >= (this.#held.get(instance)?.endMs ?? -Infinity))
      this.#held.set(instance, { endMs, bytes: heldBytes })
  }

  #heldBytes(): number | undefined {
    if (this.#held.size === 0) return this.#heldBefore
    const sum = [...this.#held.values()].reduce((total, { bytes }) => total + bytes, 0)
    return Math.max(sum, this.#heldBefore ?? 0)
  }
}
