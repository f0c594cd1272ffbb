import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService } from './testing/ProbeService.ts'

const fail = (error: unknown) => async () => {
  throw error
}

describe('retry', () => {
  const policy = { maxAttempts: 3, initialBackoffMs: 0 }

  it.each(['ask', 'put'] as const)('repeats %s, which may be repeated, and tells how often', async (operation) => {
    const context = createTestContext()
    const attempts: number[] = []
    const service = await ProbeService.started(context, {
      [operation]: async (_input: string, { attempt }: { attempt: number }) => {
        attempts.push(attempt)
        if (attempt < 3) throw failures.create('flaky', {})
        return 'third'
      },
      policy,
    })
    expect(await service[operation]('x')).toBe('third')
    expect(attempts).toEqual([1, 2, 3])
    expect(context.observations).toMatchObject([{ outcome: 'ok', attempts: 3 }])
  })

  it.each(['post', 'open'] as const)('never repeats %s, whatever its policy says', async (operation) => {
    const handler = vi.fn(fail(failures.create('flaky', {})))
    const service = await ProbeService.started(createTestContext(), { [operation]: handler, policy })
    await expect(service[operation]('x')).rejects.toMatchObject({ code: 'probe.flaky' })
    expect(handler).toHaveBeenCalledTimes(1)
  })
})

describe('circuit breaker', () => {
  it('holds calls back as service.unavailable, of every operation that shares it', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, {
      ask: fail(failures.create('broken', {})),
      policy: { breaker: 'depot' },
    })
    for (let i = 0; i < 5; i++) await expect(service.ask('x')).rejects.toMatchObject({ code: 'probe.broken' })
    await expect(service.put('x')).rejects.toMatchObject({ code: 'service.unavailable', retryable: true })
    expect(context.observations.at(-1)).toMatchObject({ outcome: 'fault', code: 'service.unavailable' })
  })
})

describe('cache', () => {
  const cached = { cache: { ttlMs: 1000, tags: ['all'] } }

  it('answers the same input for its time by the clock, without asking the handler', async () => {
    const clock = new ManualClock()
    clock.advance(1)
    const ask = vi.fn(async (input: string) => `answer to ${input}`)
    const service = await ProbeService.started(createTestContext({ clock }), { ask, policy: cached })
    await service.ask('a')
    await service.ask('b')
    expect(await service.ask('a')).toBe('answer to a')
    expect(ask).toHaveBeenCalledTimes(2)
    clock.advance(1001)
    await service.ask('a')
    expect(ask).toHaveBeenCalledTimes(3)
  })

  it('keeps no failures', async () => {
    const ask = vi.fn(fail(failures.create('broken', {})))
    const service = await ProbeService.started(createTestContext(), { ask, policy: cached })
    for (let i = 0; i < 2; i++) await expect(service.ask('a')).rejects.toMatchObject({ code: 'probe.broken' })
    expect(ask).toHaveBeenCalledTimes(2)
  })

  it('keeps no answer that was begun before an invalidation', async () => {
    const gate = Promise.withResolvers<string>()
    const ask = vi.fn(async () => 'new').mockImplementationOnce(() => gate.promise)
    const service = await ProbeService.started(createTestContext(), { ask, policy: cached })
    const old = service.ask('a')
    service.forget('all')
    gate.resolve('old')
    expect([await old, await service.ask('a')]).toEqual(['old', 'new'])
  })

  it('serves nobody who has cancelled', async () => {
    const service = await ProbeService.started(createTestContext(), { policy: cached })
    await service.ask('a')
    await expect(service.ask('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'service.cancelled' })
  })
})
