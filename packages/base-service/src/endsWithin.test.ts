import { type Clock, disposer, systemClock } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { endsWithin } from './endsWithin.ts'

describe('endsWithin', () => {
  it('is true for work that ends well or badly in time, and leaves no timer', async () => {
    const clock = new ManualClock()
    expect(await endsWithin(clock, Promise.resolve(), 10)).toBe(true)
    expect(await endsWithin(clock, Promise.reject(new Error('x')), 10)).toBe(true)
    expect(clock.pendingTimers).toBe(0)
  })

  it('holds the process open meanwhile, because somebody waits', () => {
    const schedule = vi.fn<Clock['schedule']>(() => disposer(() => {}))
    void endsWithin({ ...systemClock, schedule }, new Promise(() => {}), 10)
    expect(schedule).toHaveBeenCalledWith(10, expect.any(Function), { keepAlive: true })
  })

  it('is false as soon as the time is up', async () => {
    const clock = new ManualClock()
    const ended = endsWithin(clock, new Promise(() => {}), 10)
    clock.advance(10)
    expect(await ended).toBe(false)
  })
})
