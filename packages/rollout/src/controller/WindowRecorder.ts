import { type Clock, type Implementation, IMPLEMENTATIONS } from '@gradvis/kernel'

import type { ObservationWindow, ProcessMemory } from '../evidence/ObservationWindow.ts'
import { SideRecord } from './SideRecord.ts'

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

/** Bytes of one side of one service. `externalBytes`: what of them lies outside the JavaScript heap, where it is known. */
export type HeldBytes = Readonly<{
  service: string
  implementation: Implementation
  bytes: number
  externalBytes?: number | undefined
}>

/** Personal data in what a service emitted: where and of which kind, never the value. */
export type RecordedFinding = Readonly<{
  service?: string | undefined
  implementation?: Implementation | undefined
  channel: string
  kind: string
}>

export type WindowRecorderOptions = Readonly<{
  instance: string
  clock: Clock
  /** What the implementations say that they hold. Asked when a window is closed, as are the others. */
  heldBytes?: () => readonly HeldBytes[]
  /** What the sampled heap attributes to them; empty while nothing is known of it. */
  sampledHeap?: () => readonly HeldBytes[]
  processMemory?: () => ProcessMemory
}>

type Sides = Record<Implementation, SideRecord>

/**
 * Adds every call up, per service, side and operation, in memory that does not grow with traffic. `record` is
 * synchronous, allocates nothing once an operation has been seen, and never throws.
 * Only calls that answer a caller on the side that the decision chose count: a shadow call answers nobody, and a
 * rescue is legacy serving subjects that were not drawn for it, which would make its response times those of bad moments.
 * Response times are taken of drawn calls alone: jobs without a subject are always on legacy, listed customers always on
 * one side, and a comparison with them would compare work, not implementations. Faults count wherever they happen.
 */
export class WindowRecorder {
  readonly #options: WindowRecorderOptions
  #services = new Map<string, Sides>()
  #startMs: number

  constructor(options: WindowRecorderOptions) {
    this.#options = options
    this.#startMs = options.clock.now()
  }

  record(call: RecordedOperation): void {
    if (call.role === 'primary') this.#sideOf(call).add(call)
  }

  /** Counts a finding for the side that emitted it; one that is nobody's is not counted. Synchronous, never throws. */
  recordFinding({ service, implementation, channel, kind }: RecordedFinding): void {
    if (service === undefined || implementation === undefined) return
    this.#sideOf({ service, implementation }).addFinding(channel, kind)
  }

  /** Ends the current window and begins the next one. One per service and side that did, emitted or has anything. */
  close(): readonly ObservationWindow[] {
    const { instance, clock, processMemory } = this.#options
    this.#measureMemory()
    // Strictly later, also while the clock is set back: a store keeps one window per start.
    const endMs = Math.max(clock.now(), this.#startMs + 1)
    const [services, startMs] = [this.#services, this.#startMs]
    this.#services = new Map()
    this.#startMs = endMs
    const process = processMemory?.()
    return [...services].flatMap(([service, sides]) =>
      IMPLEMENTATIONS.filter((side) => !sides[side].isEmpty).map((implementation) => {
        const base = { instance, service, implementation, startMs, endMs }
        return Object.assign(base, sides[implementation].toWindow(), process && { process })
      }),
    )
  }

  #measureMemory(): void {
    const { heldBytes, sampledHeap } = this.#options
    for (const { bytes, externalBytes, ...side } of heldBytes?.() ?? [])
      this.#sideOf(side).setMemory({ heldBytes: bytes, externalBytes })
    for (const { bytes, ...side } of sampledHeap?.() ?? []) this.#sideOf(side).setMemory({ sampledHeapBytes: bytes })
  }

  #sideOf({ service, implementation }: Pick<HeldBytes, 'service' | 'implementation'>): SideRecord {
    let sides = this.#services.get(service)
    if (sides === undefined)
      this.#services.set(service, (sides = { legacy: new SideRecord(), migrated: new SideRecord() }))
    return sides[implementation]
  }
}
