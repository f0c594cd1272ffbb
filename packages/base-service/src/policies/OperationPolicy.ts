import type { Operation } from '../contract/Operation.ts'

/** How a call is protected. Everything is off unless it is asked for. */
export type OperationPolicy = Readonly<{
  /** Longest time of one attempt; then it is aborted and counts as `service.timed_out`. Default: none. */
  timeoutMs?: number
  /** Attempts in all, the first included. Only retryable service faults of reads and idempotent writes are retried. Default 1. */
  maxAttempts?: number
  /** Full-jitter backoff: attempt n waits a uniform random share of `initialBackoffMs × 2ⁿ⁻¹`. Default 50. */
  initialBackoffMs?: number
  /** Default 5,000. */
  maxBackoffMs?: number
  /** Name of the dependency whose circuit breaker this operation shares. Default: none. */
  breaker?: string
  cache?: CachePolicy
}>

/** What may be asked for an operation: only answers of reads are cached. */
export type PolicyOf<Op extends Operation> = Op['kind'] extends 'read'
  ? OperationPolicy
  : Omit<OperationPolicy, 'cache'> & Readonly<{ cache?: never }>

/** An answer is found again by operation and parsed input, so both are plain data that JSON can tell apart. */
export type CachePolicy = Readonly<{
  ttlMs: number
  /** What the entry is thrown away by, see `ServiceCache.invalidate`. */
  tags: readonly string[]
}>

/** Opens after `consecutiveFailures` service faults, lets one call try again after `halfOpenAfterMs`. */
export type BreakerPolicy = Readonly<{ consecutiveFailures: number; halfOpenAfterMs: number }>

export const DEFAULT_BREAKER: BreakerPolicy = { consecutiveFailures: 5, halfOpenAfterMs: 10_000 }
