import type { CallAnnotations, CallOptions, CallRole, Operation } from '@gradvis/base-service'
import type { Decision } from '@gradvis/feature-flags'

import type { CallSpan } from './CallTracer.ts'
import type { ImplementationSlot } from './ImplementationSlot.ts'

/** One call on its way. */
export type RoutedCall = Readonly<{
  name: string
  operation: Operation
  input: unknown
  options: CallOptions | undefined
  role: CallRole
  decision: Decision
  /** Who makes it, for the audit trail. */
  actor: string | undefined
}>

/** A call as one side got it. */
export type Attempt = Readonly<{
  slot: ImplementationSlot
  call: RoutedCall
  annotations: CallAnnotations
  startedMs: number
  span: CallSpan | undefined
}>

/** Told which side answered, for whoever must know (a session does, a call does not). */
export type Served = (slot: ImplementationSlot) => void
