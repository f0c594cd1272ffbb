import { getEventListeners } from 'node:events'

import { ManualClock } from '@gradvis/kernel/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { failures } from '../testing/failures.ts'
import { untilAborted } from '../testing/ProbeService.ts'
import { call, cancelled, failing, resilient, timedOut } from '../testing/resilient.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('retry', () => {
  const noBackoff = { maxAttempts: 3, initialBackoffMs: 0 }
  const [flaky, broken, busy] = [
    failures.create('flaky', {}),
    failures.create('broken', {}),
    failures.create('busy', {}),
  ]

  it('tries again after a passing fault of the service', async () => {
    expect(await call(resilient({ policy: noBackoff }), failing(flaky, flaky))).toBe('attempt 3')
  })

  it('gives up with the last failure', async () => {
    const attempt = vi.fn(failing(flaky, flaky, flaky))
    await expect(call(resilient({ policy: noBackoff }), attempt)).rejects.toBe(flaky)
    expect(attempt).toHaveBeenCalledTimes(3)
  })

  it.each([
    ['a lasting fault', broken],
    ['a fault of the caller, even a passing one', busy],
    ['an unknown failure', new Error('x')],
  ])('does not try again after %s', async (_name, failure) => {
    const attempt = vi.fn(failing(failure))
    await expect(call(resilient({ policy: noBackoff }), attempt)).rejects.toBe(failure)
    expect(attempt).toHaveBeenCalledTimes(1)
  })

  it('tries once unless more is asked for', async () => {
    const attempt = vi.fn(failing(flaky))
    await expect(call(resilient({ policy: {} }), attempt)).rejects.toBe(flaky)
    expect(attempt).toHaveBeenCalledTimes(1)
  })

  it('waits by the clock, a random share of a ceiling that doubles up to its limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (share) => {
        const waits: number[] = []
        const clock = new ManualClock()
        clock.schedule = (delayMs, task) => {
          waits.push(delayMs)
          queueMicrotask(task)
          return Object.assign(() => {}, { [Symbol.dispose]: () => {} })
        }
        const policy = { maxAttempts: 4, initialBackoffMs: 100, maxBackoffMs: 250 }
        await call(resilient({ policy, clock, random: () => share }), failing(flaky, flaky, flaky))
        expect(waits).toEqual([100 * share, 200 * share, 250 * share])
      }),
      { numRuns: 20 },
    )
  })

  it('rejects at once when it is cancelled between two attempts, leaves no timer and tries no more', async () => {
    const clock = new ManualClock()
    const aborter = new AbortController()
    const attempt = vi.fn(failing(flaky, flaky))
    const policy = { maxAttempts: 3, initialBackoffMs: 60_000, maxBackoffMs: 60_000 }
    const answer = call(resilient({ policy, clock }), attempt, aborter.signal)
    answer.catch(() => {})
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    aborter.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect([clock.pendingTimers, attempt.mock.calls.length]).toEqual([0, 1])
  })
})

describe('time-out', () => {
  it('gives up an attempt that takes too long, and aborts its signal', async () => {
    vi.useFakeTimers()
    const signals: AbortSignal[] = []
    const answer = call(resilient({ policy: { timeoutMs: 100 } }), (signal) => {
      signals.push(signal)
      return new Promise(() => {})
    })
    answer.catch(() => {})
    await vi.advanceTimersByTimeAsync(99)
    expect(signals[0]?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await expect(answer).rejects.toBe(timedOut)
    expect(signals[0]?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('holds for each attempt anew', async () => {
    const attempt = vi.fn((signal: AbortSignal, count: number) =>
      count < 3 ? untilAborted(signal) : Promise.resolve('third'),
    )
    const policy = { timeoutMs: 5, maxAttempts: 3, initialBackoffMs: 0 }
    expect(await call(resilient({ policy }), attempt)).toBe('third')
  })

  it('is over with the attempt: the signal does not abort when the attempt has succeeded', async () => {
    let held: AbortSignal | undefined
    await call(resilient({ policy: { timeoutMs: 10_000 } }), async (signal) => {
      held = signal
    })
    expect(held?.aborted).toBe(false)
  })

  it('is no time-out when the caller cancels', async () => {
    const aborter = new AbortController()
    const answer = call(resilient({ policy: { timeoutMs: 10_000 } }), untilAborted, aborter.signal)
    aborter.abort()
    await expect(answer).rejects.toBe(cancelled)
  })
})

describe('any policy', () => {
  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    const policy = { timeoutMs: 1000, maxAttempts: 2, initialBackoffMs: 0, breaker: 'depot' }
    await call(resilient({ policy }), failing(failures.create('flaky', {})), signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('begins no attempt for a caller who has cancelled', async () => {
    const attempt = vi.fn(failing())
    for (const policy of [{}, { maxAttempts: 3 }, { timeoutMs: 1000 }, { breaker: 'depot' }])
      await expect(call(resilient({ policy }), attempt, AbortSignal.abort())).rejects.toBe(cancelled)
    expect(attempt).not.toHaveBeenCalled()
  })
})
