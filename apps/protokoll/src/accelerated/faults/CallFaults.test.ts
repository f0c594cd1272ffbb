import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { CallFaults, InjectedFault } from './CallFaults.ts'

/** 0, 0.1 … 0.9, and again. */
function evenly(): () => number {
  let calls = 0
  return () => (calls++ % 10) / 10
}

describe('calls with faults', () => {
  it('are left as they are until told otherwise', async () => {
    const faults = new CallFaults(new ManualClock(), () => 0)
    const method = faults.wrap(async (...args) => args)
    expect(await method('in', 'options')).toEqual(['in', 'options'])
  })

  it('fail at the given rate, without being made', async () => {
    const faults = new CallFaults(new ManualClock(), evenly())
    faults.errorRate = 0.3
    let made = 0
    const method = faults.wrap(async () => ++made)
    const ended = await Promise.allSettled(Array.from({ length: 100 }, () => method()))
    const failed = ended.filter((one) => one.status === 'rejected')
    expect([failed.length, made]).toEqual([30, 70])
    expect(failed.every(({ reason }) => reason instanceof InjectedFault)).toBe(true)
  })

  it('take as many times as long as they are told', async () => {
    const clock = new ManualClock()
    const faults = new CallFaults(clock, () => 1)
    faults.latencyFactor = 3
    const method = faults.wrap(async () => clock.advance(20))
    const startedMs = clock.monotonicMs()
    const call = method()
    await expect.poll(() => clock.pendingTimers).toBe(1)
    clock.advance(39)
    expect(clock.pendingTimers).toBe(1)
    clock.advance(1)
    await call
    expect(clock.monotonicMs() - startedMs).toBe(60)
  })

  it('owe what is too short for a timer to a later call', async () => {
    const clock = new ManualClock()
    const faults = new CallFaults(clock, () => 1)
    faults.latencyFactor = 2
    const method = faults.wrap(async () => clock.advance(0.4))
    await method()
    await method()
    expect(clock.pendingTimers).toBe(0)
    const third = method()
    await expect.poll(() => clock.pendingTimers).toBe(1)
    clock.advance(2)
    await third
  })
})
