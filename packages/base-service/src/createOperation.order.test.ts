import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import type { Call } from './Call.ts'
import type { OperationPolicy } from './policies/OperationPolicy.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService, untilAborted } from './testing/ProbeService.ts'

type Handler = (input: string, call: Call) => Promise<string>

const hang: Handler = (_input, { signal }) => untilAborted(signal)
const fail =
  (key: 'flaky' | 'broken'): Handler =>
  async () => {
    throw failures.create(key, {})
  }

async function probe(ask: Handler, policy: OperationPolicy<string>) {
  const clock = new ManualClock()
  const context = createTestContext({ clock })
  const handler = vi.fn(ask)
  const service = await ProbeService.started(context, { ask: handler, put: fail('broken'), policy })
  const call = (input = 'x') => {
    const answer = service.ask(input)
    answer.catch(() => {})
    return answer
  }
  return { clock, service, handler, call, last: () => context.observations.at(-1) }
}

/** Lets everything happen that waits for nothing but its turn, cockatiel's timer of 0 ms between attempts included. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('cache ▸ coalesce', () => {
  it('a kept answer is given while a run of the same key hangs in nobody’s way', async () => {
    const { call, last } = await probe(async () => 'kept', { coalesce: true, cache: { ttlMs: 1_000, tags: [] } })
    await call()
    await call()
    expect(last()).toMatchObject({ cacheHit: true })
    expect(last()?.coalesced).toBeUndefined()
  })
})

describe('coalesce ▸ total time-out', () => {
  it('who joins has the time that the run has left', async () => {
    const { clock, call } = await probe(hang, { coalesce: true, totalTimeoutMs: 100 })
    const first = call()
    clock.advance(60)
    const second = call()
    clock.advance(40)
    for (const answer of [first, second])
      await expect(answer).rejects.toMatchObject({ code: 'service.timed_out', params: { timeoutMs: 100 } })
  })
})

describe('total time-out ▸ retry', () => {
  it('all attempts and the waiting between them are within it', async () => {
    const { clock, call, handler, last } = await probe(fail('flaky'), {
      totalTimeoutMs: 100,
      maxAttempts: 9,
      initialBackoffMs: 120,
    })
    const answer = call()
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(2))
    clock.advance(60)
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(2))
    clock.advance(40)
    await expect(answer).rejects.toMatchObject({ code: 'service.timed_out', params: { timeoutMs: 100 } })
    await settled()
    expect(handler).toHaveBeenCalledTimes(2)
    expect([clock.pendingTimers, last()?.attempts]).toEqual([0, 2])
  })
})

describe('retry ▸ bulkhead', () => {
  it('a call that waits for its next attempt leaves its place to others', async () => {
    const flakyOnce: Handler = async (input, { attempt }) =>
      attempt === 1 && input === 'x' ? fail('flaky')('', {} as Call) : input
    const { clock, call } = await probe(flakyOnce, {
      maxAttempts: 2,
      initialBackoffMs: 1_000,
      bulkhead: { concurrent: 1, queued: 0 },
    })
    const waiting = call()
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    expect(await call('other')).toBe('other')
    clock.advance(1_000)
    expect(await waiting).toBe('x')
  })

  it('a refusal is not retried: that would be a queue without an end', async () => {
    const { call, handler, last } = await probe(hang, { maxAttempts: 3, bulkhead: { concurrent: 1, queued: 0 } })
    void call()
    await expect(call('other')).rejects.toMatchObject({ code: 'service.overloaded', fault: 'service', retryable: true })
    expect(handler).toHaveBeenCalledTimes(1)
    expect(last()).toMatchObject({ outcome: 'fault', attempts: 1 })
  })
})

describe('bulkhead ▸ breaker', () => {
  it('who has waited for a turn is told how the dependency is now, not how it was before', async () => {
    const gate = Promise.withResolvers<string>()
    const { service, call, handler } = await probe(() => gate.promise, {
      breaker: 'depot',
      bulkhead: { concurrent: 1, queued: 1 },
    })
    const [first, waiting] = [call(), call()]
    for (let i = 0; i < 5; i += 1) await service.put('x').catch(() => {})
    gate.resolve('x')
    await first.catch(() => {})
    await expect(waiting).rejects.toMatchObject({ code: 'service.unavailable' })
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('refusals for want of room say nothing about the dependency', async () => {
    const { call, service, last } = await probe(hang, { breaker: 'depot', bulkhead: { concurrent: 1, queued: 0 } })
    void call()
    for (let i = 0; i < 9; i += 1) await expect(call()).rejects.toMatchObject({ code: 'service.overloaded' })
    expect(last()).toMatchObject({ breaker: 'closed' })
    await expect(service.put('x')).rejects.toMatchObject({ code: 'probe.broken' })
  })
})

describe('breaker ▸ time-out', () => {
  it('attempts that take too long open it', async () => {
    const { clock, call, last } = await probe(hang, { breaker: 'depot', timeoutMs: 10 })
    for (let i = 0; i < 5; i += 1) {
      const answer = call()
      clock.advance(10)
      await expect(answer).rejects.toMatchObject({ code: 'service.timed_out', params: { timeoutMs: 10 } })
    }
    await expect(call()).rejects.toMatchObject({ code: 'service.unavailable' })
    expect(last()).toMatchObject({ breaker: 'open' })
  })
})

describe('bulkhead ▸ time-out', () => {
  it('the time of an attempt begins with its turn', async () => {
    const gate = Promise.withResolvers<string>()
    const slowFirst: Handler = (input) => (input === 'x' ? gate.promise : Promise.resolve(input))
    const { clock, call } = await probe(slowFirst, { timeoutMs: 100, bulkhead: { concurrent: 1, queued: 1 } })
    const [first, waiting] = [call(), call('waiting')]
    clock.advance(99)
    gate.resolve('first')
    await first
    clock.advance(99)
    expect(await waiting).toBe('waiting')
  })
})

describe('a bulkhead that operations share', () => {
  it('is named by its dependency, and they may not disagree about it', async () => {
    const context = createTestContext()
    const gate = Promise.withResolvers<string>()
    const policy = { bulkhead: { concurrent: 1, queued: 0, dependency: 'depot' } }
    const service = await ProbeService.started(context, { ask: () => gate.promise, policy })
    const first = service.ask('x')
    await expect(service.put('x')).rejects.toMatchObject({ code: 'service.overloaded' })
    gate.resolve('x')
    expect(await first).toBe('x')
  })
})
