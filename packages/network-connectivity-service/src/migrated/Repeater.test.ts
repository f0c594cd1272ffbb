import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it, vi } from 'vitest'

import { Repeater } from './Repeater.ts'

const idle = (clock: ManualClock) => vi.waitFor(() => expect(clock.pendingTimers).toBe(1))

describe('Repeater', () => {
  it('does a round at once and then as each round says', async () => {
    const clock = new ManualClock()
    const atMs: number[] = []
    const repeater = new Repeater(clock, async () => atMs.push(clock.monotonicMs()) * 100)
    repeater.start()
    for (const waitMs of [100, 200, 300]) {
      await idle(clock)
      clock.advance(waitMs)
    }
    await idle(clock)
    expect(atMs).toEqual([0, 100, 300, 600])
    await repeater.stop()
    expect(clock.pendingTimers).toBe(0)
  })

  it('repeats once, however often it is started', async () => {
    const clock = new ManualClock()
    const round = vi.fn(async () => 100)
    const repeater = new Repeater(clock, round)
    repeater.start()
    repeater.start()
    await idle(clock)
    expect(round).toHaveBeenCalledTimes(1)
    await repeater.stop()
  })

  it('stops when the round under way has ended, which is asked to hurry', async () => {
    const clock = new ManualClock()
    const ended = Promise.withResolvers<number>()
    let signal: AbortSignal | undefined
    const repeater = new Repeater(clock, (given) => {
      signal = given
      return ended.promise
    })
    repeater.start()
    let isStopped = false
    const stopping = repeater.stop().then(() => (isStopped = true))
    expect(signal?.aborted).toBe(true)
    await Promise.resolve()
    expect(isStopped).toBe(false)
    ended.resolve(100)
    await stopping
    expect(clock.pendingTimers).toBe(0)
    await repeater.stop()
  })
})
