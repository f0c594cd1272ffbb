import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { endsWithin } from './endsWithin.ts'

describe('endsWithin', () => {
  it('is true for work that ends well or badly in time, and leaves no timer', async () => {
    const clock = new ManualClock()
    expect(await endsWithin(clock, Promise.resolve(), 10)).toBe(true)
    expect(await endsWithin(clock, Promise.reject(new Error('x')), 10)).toBe(true)
    expect(clock.pendingTimers).toBe(0)
  })

  it('is false as soon as the time is up', async () => {
    const clock = new ManualClock()
    const ended = endsWithin(clock, new Promise(() => {}), 10)
    clock.advance(10)
    expect(await ended).toBe(false)
  })
})
