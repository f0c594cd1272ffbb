import { getEventListeners } from 'node:events'

import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { createTestContext } from './testing/createTestContext.ts'
import { failures } from './testing/failures.ts'
import { aSession, ProbeService, untilAborted } from './testing/ProbeService.ts'

const named = { service: 'ProbeService', operation: 'ask' }
const fail = (error: unknown) => async () => {
  throw error
}

describe('cancellation', () => {
  it('before the call leaves the handler alone', async () => {
    const context = createTestContext()
    const ask = vi.fn(async () => 'x')
    const service = await ProbeService.started(context, { ask })
    await expect(service.ask('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'service.cancelled',
      fault: 'caller',
    })
    expect(ask).not.toHaveBeenCalled()
    expect(context.observations).toMatchObject([{ outcome: 'cancelled' }])
  })

  it.each([
    ['in its own way', (signal: AbortSignal) => untilAborted(signal)],
    ['as a fault', (signal: AbortSignal) => untilAborted(signal).catch(fail(failures.create('broken', {})))],
  ])('during the call reaches the handler, and is no fault when that fails %s', async (_how, ask) => {
    const context = createTestContext()
    const aborter = new AbortController()
    const service = await ProbeService.started(context, { ask: (_input, { signal }) => ask(signal) })
    const answer = service.ask('x', { signal: aborter.signal })
    aborter.abort()
    await expect(answer).rejects.toMatchObject({ code: 'service.cancelled' })
    expect(context.observations).toMatchObject([{ outcome: 'cancelled', code: 'service.cancelled' }])
    expect(context.logger.lines).toEqual([])
  })

  it('during a backoff is heeded at once', async () => {
    const clock = new ManualClock()
    const aborter = new AbortController()
    const service = await ProbeService.started(createTestContext({ clock }), {
      ask: fail(failures.create('flaky', {})),
      policy: { maxAttempts: 2, initialBackoffMs: 1000 },
    })
    const answer = service.ask('x', { signal: aborter.signal })
    answer.catch(() => {})
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    aborter.abort()
    await expect(answer).rejects.toMatchObject({ code: 'service.cancelled' })
  })

  it('leaves no listener on a signal that outlives the calls', async () => {
    const { signal } = new AbortController()
    const service = await ProbeService.started(createTestContext(), { policy: { timeoutMs: 1000, maxAttempts: 2 } })
    await Promise.all(Array.from({ length: 20 }, () => service.ask('x', { signal })))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('closes a session that is opened after all', async () => {
    const session = aSession()
    const aborter = new AbortController()
    const gate = Promise.withResolvers<typeof session>()
    const service = await ProbeService.started(createTestContext(), { open: () => gate.promise })
    const opening = service.open('x', { signal: aborter.signal })
    aborter.abort()
    gate.resolve(session)
    await expect(opening).rejects.toMatchObject({ code: 'service.cancelled' })
    expect(session.closes).toBe(1)
  })

  it('after the call is over touches nothing: the signal of an open session never aborts', async () => {
    const aborter = new AbortController()
    let held: AbortSignal | undefined
    const service = await ProbeService.started(createTestContext(), {
      open: async (_input, { signal }) => {
        held = signal
        return aSession()
      },
    })
    await service.open('x', { signal: aborter.signal })
    aborter.abort()
    expect(held?.aborted).toBe(false)
  })
})

describe('time-out', () => {
  it('becomes service.timed_out with its limit, and aborts what the handler waits for', async () => {
    const context = createTestContext()
    let aborted = false
    const service = await ProbeService.started(context, {
      ask: (_input, { signal }) =>
        untilAborted(signal).finally(() => {
          aborted = signal.aborted
        }),
      policy: { timeoutMs: 5 },
    })
    await expect(service.ask('x')).rejects.toMatchObject({
      code: 'service.timed_out',
      fault: 'service',
      params: { ...named, timeoutMs: 5 },
    })
    await vi.waitFor(() => expect(aborted).toBe(true))
    expect(context.observations).toMatchObject([{ outcome: 'fault', code: 'service.timed_out' }])
  })

  it('closes a session that comes too late', async () => {
    const session = aSession()
    const gate = Promise.withResolvers<typeof session>()
    const service = await ProbeService.started(createTestContext(), {
      open: () => gate.promise,
      policy: { timeoutMs: 5 },
    })
    await expect(service.open('x')).rejects.toMatchObject({ code: 'service.timed_out' })
    gate.resolve(session)
    await service.stop()
    expect(session.closes).toBe(1)
  })
})

describe('a stopping service', () => {
  it('is named as the reason by the calls that it cuts off, not the caller', async () => {
    const clock = new ManualClock()
    const context = createTestContext({ clock })
    const service = await ProbeService.started(context, { ask: (_input, { signal }) => untilAborted(signal) })
    const answer = service.ask('x', { signal: new AbortController().signal })
    answer.catch(() => {})
    const stopping = service.stop()
    clock.advance(30_000)
    await expect(answer).rejects.toMatchObject({
      code: 'service.not_running',
      message: expect.stringContaining('(läge: stängs av)'),
    })
    await stopping
    expect(context.observations).toMatchObject([{ outcome: 'fault' }])
  })
})
