import type { Implementation } from '@gradvis/kernel'

import type { ErrorRateTest } from '../statistics/ErrorRateTest.ts'
import type { LatencySketch } from '../statistics/LatencySketch.ts'
import type { MemoryEvidence } from './MemoryEvidence.ts'
import type { RecentCounts } from './RecentCounts.ts'

/** One operation on one side, added up. Whoever reads it must not record into `latency`. */
export type OperationEvidence = Readonly<{
  operations: number
  faults: number
  rescued: number
  refused: number
  cacheHits: number
  /** Faults by error code; codes beyond the first hundred count as `*`. */
  codes: ReadonlyMap<string, number>
  /** Of the calls that went well. */
  latency: LatencySketch
}>

export type SideEvidence = ReadonlyMap<string, OperationEvidence>

/** What was seen of a service since `sinceMs` (epoch milliseconds), when its percentage became what it is. */
export type ServiceEvidence = Readonly<{
  sinceMs: number
  /** Of the migrated side, all operations. Undefined where the plan names no threshold. */
  test: ErrorRateTest | undefined
  sides: Readonly<Record<Implementation, SideEvidence>>
  /** The migrated side's operations and faults of the last minutes. */
  recent: RecentCounts
  /** What the sides had in memory, over the whole time. */
  memory: Readonly<Record<Implementation, MemoryEvidence>>
  /** Personal data found in what the sides emitted: how often, by `channel:kind`; beyond a hundred of them as `*`. */
  findings: Readonly<Record<Implementation, ReadonlyMap<string, number>>>
}>

/** What verdicts rest on, in memory that grows neither with traffic nor with time. Never changed once made. */
export type Evidence = Readonly<{
  services: ReadonlyMap<string, ServiceEvidence>
  /** Latency sketches, and windows with more faults than operations, that were left out. */
  unreadable: number
}>

export const emptyEvidence: Evidence = Object.freeze({ services: new Map<string, ServiceEvidence>(), unreadable: 0 })
