import type { z } from 'zod'

import type { Operation } from '../contract/Operation.ts'

/** How a call is protected. Everything is off unless it is asked for. The order of the parts is in decision 020. */
export type OperationPolicy<Input = never> = Readonly<{
  /** Longest time of one attempt; then it is aborted and counts as `service.timed_out`. Default: none. */
  timeoutMs?: number
  /** Longest time of all attempts and of all waiting before and between them; `service.timed_out` too. Default: none. */
  totalTimeoutMs?: number
  /** Attempts in all, the first included. Only retryable service faults of reads and idempotent writes are retried. Default 1. */
  maxAttempts?: number
  /** Full-jitter backoff: attempt n waits a uniform random share of `initialBackoffMs × 2ⁿ⁻¹`. Default 50. */
  initialBackoffMs?: number
  /** Default 5,000. */
  maxBackoffMs?: number
  bulkhead?: BulkheadPolicy
  /** Name of the dependency whose circuit breaker this operation shares. Default: none. */
  breaker?: string
  /**
   * Calls with the same parsed input share one run: for reads whose answers are plain data and may be as old as one run.
   * A run is joined by nobody who comes after a write of the same service has ended, or after an invalidation.
   */
  coalesce?: boolean
  cache?: CachePolicy<Input>
}>

/** What may be asked for an operation: only answers of reads are cached and shared. */
export type PolicyOf<Op extends Operation> = Op['kind'] extends 'read'
  ? OperationPolicy<z.output<Op['input']>>
  : Omit<OperationPolicy, 'cache' | 'coalesce'> & Readonly<{ cache?: never; coalesce?: never }>

/** An answer is found again by operation and parsed input, so both are plain data that JSON can tell apart. */
export type CachePolicy<Input = never> = Readonly<{
  ttlMs: number
  /** What the entry is thrown away by, see `ServiceCache.invalidate`. */
  tags: readonly string[]
  /** What all entries of this policy may hold together, within the limit of the service. Default: that limit. */
  maxBytes?: number
  /**
   * What tells one state of the source from any other, where others change it too: an answer is given only under the stamp
   * that was taken before it was made. Taken for each call, so it must be cheap and quick: no time limit holds for
   * it, though a caller who cancels does not wait for it.
   * Undefined, or a rejection: this call neither finds nor keeps anything.
   */
  stamp?: (input: Input) => Promise<string | undefined>
}>

/** Attempts at the same time, and how many more may wait for their turn; any further one is `service.overloaded`. */
export type BulkheadPolicy = Readonly<{
  concurrent: number
  /** 0: nobody waits. */
  queued: number
  /** The dependency whose bulkhead is shared by the operations that name it, with the same limits. Default: the operation's own. */
  dependency?: string
}>

/** Opens after `consecutiveFailures` service faults, lets one call try again after `halfOpenAfterMs`. */
export type BreakerPolicy = Readonly<{ consecutiveFailures: number; halfOpenAfterMs: number }>

export const DEFAULT_BREAKER: BreakerPolicy = { consecutiveFailures: 5, halfOpenAfterMs: 10_000 }
