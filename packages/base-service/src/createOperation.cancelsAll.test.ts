import { getEventListeners } from 'node:events'

import fc from 'fast-check'
import { type Clock, systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import type { Call } from './Call.ts'
import type { OperationPolicy } from './policies/OperationPolicy.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService, untilAborted } from './testing/ProbeService.ts'

const HOUR_MS = 3_600_000

/** How far time has been moved on, for a breaker that waits. */
let aheadMs = 0
const clock: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + aheadMs }

/** Every part of a policy, with limits that no test lives to see. */
const anyPolicy: fc.Arbitrary<OperationPolicy<string>> = fc.record(
  {
    timeoutMs: fc.constant(HOUR_MS),
    totalTimeoutMs: fc.constant(HOUR_MS),
    maxAttempts: fc.constant(3),
    initialBackoffMs: fc.constant(HOUR_MS),
    maxBackoffMs: fc.constant(HOUR_MS),
    bulkhead: fc.constant({ concurrent: 1, queued: 1 }),
    breaker: fc.constant('depot'),
    coalesce: fc.constant(true),
    cache: fc.constant({ ttlMs: HOUR_MS, tags: [], maxBytes: 1_000 }),
  },
  { requiredKeys: [] },
)

type Handler = (input: string, call: Call) => Promise<string>

type Moment = Readonly<{
  /** What must be in the policy for a call to be cancelled there. */
  needs: OperationPolicy<string>
  ask: Handler
  /** Brings the service to where the next `ask('x')` waits there. Answers what must be over before the end. */
  before?: (service: ProbeService) => Promise<readonly Promise<unknown>[]>
}>

const gates: (() => void)[] = []
function opened(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  gates.push(() => resolve('late'))
  return promise
}

const heeding: Handler = (_input, { signal }) => untilAborted(signal)
const fail = (key: 'flaky' | 'broken') => async () => {
  throw failures.create(key, {})
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  'in an attempt that heeds its signal': { needs: {}, ask: heeding },
  'in an attempt that heeds nothing, under a time-out': { needs: { timeoutMs: HOUR_MS }, ask: opened },
  'in an attempt that heeds nothing, under a total time-out': { needs: { totalTimeoutMs: HOUR_MS }, ask: opened },
  'in a run of its own that might be shared': { needs: { coalesce: true }, ask: opened },
  'in a backoff': { needs: { maxAttempts: 2, initialBackoffMs: HOUR_MS, maxBackoffMs: HOUR_MS }, ask: fail('flaky') },
  'while it waits for its turn': {
    needs: { bulkhead: { concurrent: 1, queued: 1 } },
    ask: opened,
    before: async (service) => [service.ask('other')],
  },
  'while it waits for the breaker’s trial call': {
    needs: { breaker: 'depot' },
    ask: heeding,
    async before(service) {
      for (let i = 0; i < 5; i++) await service.put('broken').catch(() => {})
      aheadMs += 10_001
      return [service.put('trial')]
    },
  },
  'in the run of another': {
    needs: { coalesce: true },
    ask: opened,
    before: async (service) => [service.ask('x')],
  },
}

/** Lets the call come to where it waits; cockatiel takes a timer of 0 ms from one attempt to the next. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 3))
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('a cancellation', () => {
  it.each(Object.entries(MOMENTS))('%s stops all of it at once, under every policy', async (_where, moment) => {
    await fc.assert(
      fc.asyncProperty(anyPolicy, async (drawn) => {
        const before = timers()
        const context = createTestContext({ clock })
        const service = await ProbeService.started(context, {
          ask: moment.ask,
          put: (input) => (input === 'trial' ? opened() : fail('broken')()),
          policy: { ...drawn, ...moment.needs },
        })
        const others = (await moment.before?.(service)) ?? []
        const aborter = new AbortController()
        const answer = service.ask('x', { signal: aborter.signal })
        await settled()
        const begun = gates.length
        aborter.abort()
        await expect(answer).rejects.toMatchObject({ code: 'service.cancelled' })
        expect(context.observations.at(-1)).toMatchObject({ operation: 'ask', outcome: 'cancelled' })
        expect(getEventListeners(aborter.signal, 'abort')).toHaveLength(0)
        for (const open of gates.splice(0)) open()
        await Promise.all(others)
        await service.stop()
        expect(gates).toHaveLength(0)
        expect(begun).toBeLessThanOrEqual(1)
        expect(timers()).toBeLessThanOrEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})
