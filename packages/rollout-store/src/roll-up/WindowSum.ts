import { LatencySketch, MEMORY_AMOUNTS, type MemoryAmount, type ObservationWindow } from '@gradvis/rollout'

import { BytesSum } from './BytesSum.ts'
import { EVERYBODY } from './EVERYBODY.ts'
import { OperationSum } from './OperationSum.ts'

/**
 * Windows of one service and implementation, added up over time and instances. Spans from the earliest start to the
 * latest end of what was added. Operations and findings add; of each amount of memory the last value of each instance
 * does. What describes whole processes at a moment is left out.
 */
export class WindowSum {
  #startMs = Infinity
  #endMs = -Infinity
  readonly #memory = new Map<MemoryAmount, BytesSum>(MEMORY_AMOUNTS.map((name) => [name, new BytesSum()]))
  readonly #findings = new Map<string, number>()
  readonly #operations = new Map<string, OperationSum>()

  /** False, and nothing added, when one of its latency sketches can't be read. */
  add(window: ObservationWindow): boolean {
    const operations = Object.entries(window.operations)
    const sketches = operations.map(([, { latency }]) => latency && LatencySketch.fromJSON(latency))
    if (operations.some(([, { latency }], index) => latency && sketches[index] === undefined)) return false
    for (const [index, [name, operation]] of operations.entries()) this.#operation(name).add(operation, sketches[index])
    for (const [name, sum] of this.#memory) sum.add(window, window[name])
    for (const [name, count] of Object.entries(window.findings ?? {}))
      this.#findings.set(name, (this.#findings.get(name) ?? 0) + count)
    this.#startMs = Math.min(this.#startMs, window.startMs)
    this.#endMs = Math.max(this.#endMs, window.endMs)
    return true
  }

  /** Undefined when nothing happened, nothing was found and nothing was in memory. */
  toWindow(service: string, implementation: ObservationWindow['implementation']): ObservationWindow | undefined {
    const memory = [...this.#memory].flatMap(([name, { bytes }]) => (bytes === undefined ? [] : [[name, bytes]]))
    const busy = [...this.#operations].filter(([, operation]) => !operation.isEmpty)
    if (busy.length === 0 && memory.length === 0 && this.#findings.size === 0) return undefined
    return {
      instance: EVERYBODY,
      service,
      implementation,
      startMs: this.#startMs,
      endMs: this.#endMs,
      ...Object.fromEntries(memory),
      ...(this.#findings.size > 0 && { findings: Object.fromEntries(this.#findings) }),
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
}
