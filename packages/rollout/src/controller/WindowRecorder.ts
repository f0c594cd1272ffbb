import type { Clock, Implementation } from '@gradvis/kernel'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { OperationRecord } from './OperationRecord.ts'

/** One finished call, as far as a rollout needs it. */
export type RecordedOperation = Readonly<{
  service: string
  implementation: Implementation
  operation: string
  outcome: 'ok' | 'fault' | 'refused' | 'cancelled'
  code: string | undefined
  durationMs: number
  role: 'primary' | 'rescue' | 'shadow'
  rescued: boolean
  cacheHit: boolean
  /** False: the side was not drawn by the percentage. Absent: not known, and taken for drawn. */
  isDrawn?: boolean
}>

export type HeldBytes = Readonly<{ service: string; implementation: Implementation; bytes: number }>

type Sides = Record<Implementation, Map<string, OperationRecord>>

/**
 * Adds every call up, per service, side and operation, in memory that does not grow with traffic. `record` is
 * synchronous, allocates nothing once an operation has been seen, and never throws.
 * Only calls that answer a caller on the side that the decision chose count: a shadow call answers nobody, and a
 * rescue is legacy serving subjects that were not drawn for it, which would make its response times those of bad moments.
 * Response times are taken of drawn calls alone: jobs without a subject are always on legacy, listed customers always on
 * one side, and a comparison with them would compare work, not implementations. Faults count wherever they happen.
 */
export class WindowRecorder {
  readonly #clock: Clock
  readonly #instance: string
  readonly #heldBytes: () => readonly HeldBytes[]
  #services = new Map<string, Sides>()
  #startMs: number

  constructor(options: Readonly<{ instance: string; clock: Clock; heldBytes?: () => readonly HeldBytes[] }>) {
    this.#clock = options.clock
    this.#instance = options.instance
    this.#heldBytes = options.heldBytes ?? (() => [])
    this.#startMs = options.clock.now()
  }

  record(call: RecordedOperation): void {
    if (call.role !== 'primary') return
    const operations = this.#sidesOf(call.service)[call.implementation]
    let record = operations.get(call.operation)
    if (record === undefined) operations.set(call.operation, (record = new OperationRecord()))
    record.add(call)
  }

  /** Ends the current window and begins the next one. One per service and side that did or holds anything. */
  close(): readonly ObservationWindow[] {
    // Strictly later, also while the clock is set back: a store keeps one window per start.
    const endMs = Math.max(this.#clock.now(), this.#startMs + 1)
    const [services, startMs] = [this.#services, this.#startMs]
    this.#services = new Map()
    this.#startMs = endMs
    const held = this.#heldBytes()
    for (const { service } of held) if (!services.has(service)) services.set(service, emptySides())
    return [...services].flatMap(([service, sides]) =>
      (['legacy', 'migrated'] as const).flatMap((implementation) => {
        const bytes = held.find((one) => one.service === service && one.implementation === implementation)?.bytes
        const operations = sides[implementation]
        if (operations.size === 0 && bytes === undefined) return []
        const counts = Object.fromEntries([...operations].map(([name, record]) => [name, record.toWindow()]))
        const base = { instance: this.#instance, service, implementation, startMs, endMs, operations: counts }
        return [{ ...base, ...(bytes !== undefined && { heldBytes: bytes }) }]
      }),
    )
  }

  #sidesOf(service: string): Sides {
    let sides = this.#services.get(service)
    if (sides === undefined) this.#services.set(service, (sides = emptySides()))
    return sides
  }
}

function emptySides(): Sides {
  return { legacy: new Map(), migrated: new Map() }
}
