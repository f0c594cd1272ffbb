import type { LocalizedText } from '@gradvis/kernel'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { Verdict } from '../judge/Verdict.ts'
import type { StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'

/** A service's stay in one phase; instants in epoch milliseconds. */
export type CalendarEntry = Readonly<{
  phase: string
  percentageBps: number
  enteredMs: number
  /** Undefined: it is in it still. */
  leftMs: number | undefined
  left: 'advanced' | 'completed' | 'rolled-back' | 'stays'
  /** The event that ended it, and the engine's first reason for that; for what stays, why it does. */
  why: LocalizedText
}>

export type Simulation = Readonly<{
  /** As a store would hold it, with the verdict at every change. */
  log: readonly StoredEvent[]
  /** The fold of the log. */
  status: RolloutStatus
  /** By service, in the order of the plan. */
  calendar: Readonly<Record<string, readonly CalendarEntry[]>>
  /** The last judgement of every service. */
  verdicts: readonly Verdict[]
  /** Epoch milliseconds of the last tick. */
  endMs: number
  /** Every service is complete or rolled back; false where time ran out before that. */
  settled: boolean
  /** What the engine was shown. Empty unless asked for. */
  windows: readonly ObservationWindow[]
}>
