import { type Clock, isServiceFault } from '@gradvis/kernel'
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type IBackoff,
} from 'cockatiel'

import type { BreakerState } from '../Observation.ts'
import { outcomeOf } from '../observe.ts'
import { Bulkhead } from './Bulkhead.ts'
import { type BreakerPolicy, type BulkheadPolicy, DEFAULT_BREAKER } from './OperationPolicy.ts'

/** What the operations of one service share by naming the same dependency. */
export class Dependencies {
  readonly #breakers = new Map<string, CircuitBreakerPolicy>()
  readonly #bulkheads = new Map<string, Bulkhead>()
  readonly #clock: Clock
  readonly #breakerPolicy: BreakerPolicy

  constructor(clock: Clock, breakerPolicy: BreakerPolicy = DEFAULT_BREAKER) {
    this.#clock = clock
    this.#breakerPolicy = breakerPolicy
  }

  breaker(name: string): CircuitBreakerPolicy {
    const existing = this.#breakers.get(name)
    if (existing) return existing
    // A cancelled trial call has proved nothing: closing on it would send everybody to a dependency that may still hang.
    const isFailure = (error: unknown) =>
      isServiceFault(error) || (created.state === CircuitState.HalfOpen && outcomeOf(error) === 'cancelled')
    const created: CircuitBreakerPolicy = circuitBreaker(handleWhen(isFailure), {
      halfOpenAfter: { next: () => rest(this.#clock, this.#breakerPolicy.halfOpenAfterMs) },
      breaker: new ConsecutiveBreaker(this.#breakerPolicy.consecutiveFailures),
    })
    this.#breakers.set(name, created)
    return created
  }

  /** Throws a `RangeError` for limits that are none, and where two operations disagree about those that they share. */
  bulkhead({ dependency, concurrent, queued }: BulkheadPolicy): Bulkhead {
    if (!Number.isSafeInteger(concurrent) || concurrent < 1 || !Number.isSafeInteger(queued) || queued < 0)
      throw new RangeError(
        `a bulkhead for ${concurrent} calls with ${queued} waiting is none: at least one call, and no less than none waiting`,
      )
    const created = new Bulkhead({ concurrent, queued })
    if (dependency === undefined) return created
    const existing = this.#bulkheads.get(dependency)
    if (!existing) {
      this.#bulkheads.set(dependency, created)
      return created
    }
    const { limits } = existing
    if (limits.concurrent !== concurrent || limits.queued !== queued)
      throw new RangeError(
        `two operations share the bulkhead of "${dependency}" and disagree: ${limits.concurrent} + ${limits.queued} and ${concurrent} + ${queued}`,
      )
    return existing
  }
}

/**
 * How long a breaker that opens now stays open. Cockatiel compares it with the wall clock: set back by an hour, that would
 * keep everybody out for an hour more. So it is all time or none, by a clock that does not jump.
 */
function rest(clock: Clock, restMs: number): IBackoff<unknown> {
  const openedMs = clock.monotonicMs()
  return {
    get duration() {
      return clock.monotonicMs() - openedMs < restMs ? Infinity : -Infinity
    },
    next: () => rest(clock, restMs),
  }
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
} satisfies Record<CircuitState, BreakerState>

export function breakerStateOf(breaker: CircuitBreakerPolicy): BreakerState {
  return STATES[breaker.state]
}
