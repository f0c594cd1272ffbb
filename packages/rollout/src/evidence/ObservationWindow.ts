import { IMPLEMENTATIONS } from '@gradvis/kernel'
import { z } from 'zod'

import type { StoredLatencySketch } from '../statistics/StoredLatencySketch.ts'

/** Far above what any fleet does, and far below where sums of doubles lose whole numbers. */
const count = z.int().nonnegative().max(1e12)
/** What a Date can be. */
const instant = z.number().min(-8.64e15).max(8.64e15)

/** One operation within a window. Cancelled calls have no outcome and are in none of the other counts. */
const OperationWindowSchema = z.strictObject({
  /** Calls that ended: well, refused or with a fault. What an error rate is a rate of. */
  operations: count,
  /** Failed by the service's own fault, rescued or not. */
  faults: count,
  /** Of the faults: legacy answered instead. */
  rescued: count,
  /** Failed by the caller's fault. */
  refused: count,
  cancelled: count,
  /** Answered from the cache. */
  cacheHits: count,
  /** Faults by error code. */
  codes: z.record(z.string(), count),
  /** Response times of the calls that went well. Checked when it is read into a sketch. */
  latency: z.custom<StoredLatencySketch>((value) => typeof value === 'object' && value !== null).optional(),
})

const bytes = z.number().nonnegative().max(1e15)

/** What a whole process has in memory, whoever's it is, in bytes. What lies outside the heap includes array buffers. */
const ProcessMemorySchema = z.strictObject({ heapUsedBytes: bytes, externalBytes: bytes, arrayBufferBytes: bytes })

/** What one side of one service did on one instance from `startMs` to `endMs` (epoch milliseconds, half-open). */
const ObservationWindowSchema = z.strictObject({
  /** `*` after roll-up, which adds instances up. */
  instance: z.string().min(1).max(200),
  service: z.string().min(1).max(200),
  implementation: z.enum(IMPLEMENTATIONS),
  startMs: instant,
  endMs: instant,
  /** What the implementation held at the end; undefined where it does not report it. */
  heldBytes: bytes.optional(),
  /** Live JavaScript heap that its code has allocated, estimated by sampling; undefined where nothing is sampled. */
  sampledHeapBytes: bytes.optional(),
  /** What of `heldBytes` lies outside the JavaScript heap; undefined where the implementation does not report it. */
  externalBytes: bytes.optional(),
  /** Personal data found in what it emitted: how often, by `channel:kind`. Never the values. */
  findings: z.record(z.string(), count).optional(),
  /** Of the instance at the end. Describes a moment, so roll-up leaves it out. */
  process: ProcessMemorySchema.optional(),
  operations: z.record(z.string(), OperationWindowSchema),
})

export type ProcessMemory = Readonly<z.output<typeof ProcessMemorySchema>>
export type OperationWindow = Readonly<z.output<typeof OperationWindowSchema>>
export type ObservationWindow = Readonly<z.output<typeof ObservationWindowSchema>>

/** A window, or undefined for anything that is none. */
export function parseObservationWindow(value: unknown): ObservationWindow | undefined {
  const parsed = ObservationWindowSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
