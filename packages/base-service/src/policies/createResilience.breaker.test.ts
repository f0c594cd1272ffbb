import { getEventListeners } from 'node:events'

import { ManualClock } from '@gradvis/kernel/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { failures } from '../testing/failures.ts'
import { untilAborted } from '../testing/ProbeService.ts'
import { call, cancelled, failing, resilient } from '../testing/resilient.ts'
import { Dependencies } from './Dependencies.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('circuit breaker', () => {
  const breakerPolicy = { consecutiveFailures: 2, halfOpenAfterMs: 1000 }
  const [broken, missing] = [failures.create('broken', {}), failures.create('missing', {})]
  const breakerOf = (dependencies = new Dependencies(new ManualClock(), breakerPolicy)) =>
    resilient({ policy: { breaker: 'depot' }, dependencies })

  async function opened() {
    const clock = new ManualClock()
    const resilience = breakerOf(new Dependencies(clock, breakerPolicy))
    for (let i = 0; i < 2; i++) await expect(call(resilience, failing(broken))).rejects.toBe(broken)
    return { resilience, clock }
  }

  it('opens after so many faults in a row, and then lets nothing through', async () => {
    const { resilience } = await opened()
    const attempt = vi.fn(failing())
    await expect(call(resilience, attempt)).rejects.toMatchObject({ isBrokenCircuitError: true })
    expect(attempt).not.toHaveBeenCalled()
  })

  it('stays closed when a success lies between', async () => {
    const resilience = breakerOf()
    for (const attempt of [failing(broken), failing(), failing(broken), failing()])
      await call(resilience, attempt).catch(() => {})
    expect(await call(resilience, failing())).toBe('attempt 1')
  })

  it('lets one call try after a while, and closes when that succeeds', async () => {
    const { resilience, clock } = await opened()
    clock.advance(1000)
    const gate = Promise.withResolvers<string>()
    const trial = call(resilience, () => gate.promise)
    const second = vi.fn(failing())
    const waiting = call(resilience, second)
    await Promise.resolve()
    expect(second).not.toHaveBeenCalled()
    gate.resolve('trial')
    expect(await Promise.all([trial, waiting])).toEqual(['trial', 'attempt 1'])
  })

  it('opens again when the trial call fails', async () => {
    const { resilience, clock } = await opened()
    clock.advance(1000)
    await expect(call(resilience, failing(broken))).rejects.toBe(broken)
    await expect(call(resilience, failing())).rejects.toMatchObject({ isBrokenCircuitError: true })
  })

  it('opens again when the trial call is cancelled, because that has proved nothing', async () => {
    const { resilience, clock } = await opened()
    clock.advance(1000)
    const aborter = new AbortController()
    const trial = call(resilience, untilAborted, aborter.signal)
    aborter.abort()
    await expect(trial).rejects.toBe(cancelled)
    await expect(call(resilience, failing())).rejects.toMatchObject({ isBrokenCircuitError: true })
  })

  it('lets a caller go at once who waits for the trial call', async () => {
    const { resilience, clock } = await opened()
    clock.advance(1000)
    const gate = Promise.withResolvers<string>()
    const trial = call(resilience, () => gate.promise)
    const aborter = new AbortController()
    const attempt = vi.fn(failing())
    const waiting = call(resilience, attempt, aborter.signal)
    aborter.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    gate.resolve('trial')
    await trial
    expect(getEventListeners(aborter.signal, 'abort')).toHaveLength(0)
    expect(attempt).not.toHaveBeenCalled()
  })

  it.each([-3_600_000, 3_600_000])('heeds no jump of the wall clock, by %i ms', async (jumpMs) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { resilience, clock } = await opened()
    vi.setSystemTime(Date.now() + jumpMs)
    clock.advance(999)
    await expect(call(resilience, failing())).rejects.toMatchObject({ isBrokenCircuitError: true })
    clock.advance(1)
    await expect(call(resilience, failing(broken))).rejects.toBe(broken)
    clock.advance(999)
    await expect(call(resilience, failing())).rejects.toMatchObject({ isBrokenCircuitError: true })
    clock.advance(1)
    expect(await call(resilience, failing())).toBe('attempt 1')
  })

  it('counts neither faults of callers nor cancellations', async () => {
    const resilience = breakerOf()
    for (let i = 0; i < 5; i++) {
      await expect(call(resilience, failing(missing))).rejects.toBe(missing)
      await expect(call(resilience, failing(), AbortSignal.abort())).rejects.toBe(cancelled)
    }
    expect(await call(resilience, failing())).toBe('attempt 1')
  })

  it('is shared by the operations that name the same dependency', async () => {
    const dependencies = new Dependencies(new ManualClock(), breakerPolicy)
    for (let i = 0; i < 2; i++) await expect(call(breakerOf(dependencies), failing(broken))).rejects.toBe(broken)
    await expect(call(breakerOf(dependencies), failing())).rejects.toMatchObject({ isBrokenCircuitError: true })
    const other = resilient({ policy: { breaker: 'other' }, dependencies })
    expect(await call(other, failing())).toBe('attempt 1')
  })
})
