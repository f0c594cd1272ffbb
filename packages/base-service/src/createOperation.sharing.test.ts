import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import type { MethodOf } from './contract/Contract.ts'
import type { Operation } from './contract/Operation.ts'
import type { PolicyOf } from './policies/OperationPolicy.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { ProbeService, untilAborted } from './testing/ProbeService.ts'

const coalesce = { coalesce: true }
const cached = { coalesce: true, cache: { ttlMs: 60_000, tags: ['all'] } }

async function gated(policy: Parameters<typeof ProbeService.started>[1] = { policy: coalesce }) {
  const context = createTestContext()
  const gates: PromiseWithResolvers<string>[] = []
  const signals: AbortSignal[] = []
  const ask = vi.fn((_input: string, { signal }: { signal: AbortSignal }) => {
    const gate = Promise.withResolvers<string>()
    gates.push(gate)
    signals.push(signal)
    return gate.promise
  })
  const service = await ProbeService.started(context, { ask, ...policy })
  return { context, service, ask, gates, signals, answer: (n: number, text: string) => gates[n]?.resolve(text) }
}

describe('identical reads at the same time', () => {
  it('share one run, and each is observed as what it was', async () => {
    const { context, service, ask, answer } = await gated()
    const calls = [service.ask('x'), service.ask('x'), service.ask('y')]
    answer(0, 'of x')
    answer(1, 'of y')
    expect(await Promise.all(calls)).toEqual(['of x', 'of x', 'of y'])
    expect(ask).toHaveBeenCalledTimes(2)
    expect(context.observations.map(({ coalesced }) => coalesced)).toEqual([false, true, false])
  })

  it('share nothing with those that come after the answer', async () => {
    const { service, answer } = await gated()
    const first = service.ask('x')
    answer(0, 'old')
    await first
    const second = service.ask('x')
    answer(1, 'new')
    expect(await second).toBe('new')
  })

  it('share a failure, and its attempts', async () => {
    const context = createTestContext()
    const ask = vi.fn(async () => {
      throw failures.create('flaky', {})
    })
    const policy = { ...coalesce, maxAttempts: 2, initialBackoffMs: 0 }
    const service = await ProbeService.started(context, { ask, policy })
    const outcomes = await Promise.allSettled([service.ask('x'), service.ask('x')])
    expect(outcomes).toMatchObject([{ reason: { code: 'probe.flaky' } }, { reason: { code: 'probe.flaky' } }])
    expect(ask).toHaveBeenCalledTimes(2)
    expect(context.observations.map(({ attempts }) => attempts)).toEqual([2, 2])
  })

  it('each hear of the progress', async () => {
    const gate = Promise.withResolvers<string>()
    const service = await ProbeService.started(createTestContext(), {
      async ask(_input, { reportProgress }) {
        const text = await gate.promise
        reportProgress({ phase: 'reading', done: 1, unit: 'items' })
        return text
      },
      policy: coalesce,
    })
    const heard: string[] = []
    const calls = ['a', 'b'].map((who) => service.ask('x', { onProgress: ({ phase }) => void heard.push(who + phase) }))
    gate.resolve('x')
    await Promise.all(calls)
    expect(heard).toEqual(['areading', 'breading'])
  })

  it('are kept in the cache once', async () => {
    const { service, ask, answer, context } = await gated({ policy: cached })
    const calls = [service.ask('x'), service.ask('x')]
    answer(0, 'once')
    await Promise.all(calls)
    expect(await service.ask('x')).toBe('once')
    expect(ask).toHaveBeenCalledTimes(1)
    expect(context.observations.map(({ cacheHit }) => cacheHit)).toEqual([false, false, true])
  })
})

describe('a caller who shares a run', () => {
  it.each([0, 1])('leaves alone: number %i is gone at once and the other has the answer', async (leaving) => {
    const { context, service, signals, answer } = await gated()
    const aborters = [new AbortController(), new AbortController()]
    const calls = aborters.map(({ signal }) => service.ask('x', { signal }))
    aborters[leaving]?.abort()
    await expect(calls[leaving]).rejects.toMatchObject({ code: 'service.cancelled' })
    expect(signals[0]?.aborted).toBe(false)
    answer(0, 'for the other')
    expect(await calls[1 - leaving]).toBe('for the other')
    expect(context.observations.map(({ outcome }) => outcome)).toEqual(['cancelled', 'ok'])
  })

  it('as the last one cancels the run, which no later caller joins', async () => {
    const { service, signals, answer } = await gated()
    const aborter = new AbortController()
    const calls = [service.ask('x', aborter), service.ask('x', aborter)]
    aborter.abort()
    await Promise.allSettled(calls)
    expect(signals[0]?.aborted).toBe(true)
    const next = service.ask('x')
    answer(0, 'unwanted')
    answer(1, 'wanted')
    expect(await next).toBe('wanted')
  })

  it('is no fault of the dependency when all have gone', async () => {
    const service = await ProbeService.started(createTestContext(), {
      ask: (_input, { signal }) => untilAborted(signal),
      policy: { ...coalesce, breaker: 'depot' },
    })
    for (let i = 0; i < 6; i += 1) {
      const aborter = new AbortController()
      const call = service.ask('x', aborter)
      aborter.abort()
      await expect(call).rejects.toMatchObject({ code: 'service.cancelled' })
    }
    expect(await service.put('x')).toBe('x')
  })
})

describe('what was begun before a change', () => {
  it.each([
    ['a write has ended', (service: ProbeService) => service.post('x')],
    ['a write has failed', (service: ProbeService) => service.post(7 as unknown as string).catch(() => {})],
    ['an invalidation', async (service: ProbeService) => service.forget('all')],
  ])('is not for those who come after: %s', async (_what, change) => {
    const { service, answer } = await gated()
    const early = service.ask('x')
    await change(service)
    const late = service.ask('x')
    answer(0, 'before')
    answer(1, 'after')
    expect(await Promise.all([early, late])).toEqual(['before', 'after'])
  })
})

describe('a service that stops', () => {
  it('waits for a shared run', async () => {
    const { service, answer } = await gated()
    const calls = [service.ask('x'), service.ask('x')]
    const stopping = service.stop()
    answer(0, 'in time')
    expect(await Promise.all(calls)).toEqual(['in time', 'in time'])
    await stopping
  })
})

describe('writes and sessions', () => {
  it('are never shared: the compiler refuses it', () => {
    expectTypeOf<NonNullable<PolicyOf<Operation<'read'>>['coalesce']>>().toEqualTypeOf<boolean>()
    expectTypeOf<PolicyOf<Operation<'write'>>['coalesce']>().toEqualTypeOf<undefined>()
    expectTypeOf<PolicyOf<Operation<'session'>>['coalesce']>().toEqualTypeOf<undefined>()
    expectTypeOf<MethodOf<Operation>>().toBeFunction()
  })
})
