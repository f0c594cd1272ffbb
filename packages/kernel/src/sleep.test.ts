import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import type { ScheduleOptions } from './Clock.ts'
import { sleep } from './sleep.ts'
import { ManualClock } from './testing/ManualClock.ts'

describe('sleep', () => {
  it('resolves when its time has passed, and not before', async () => {
    const clock = new ManualClock()
    const order: string[] = []
    const sleeping = sleep(clock, 100).then(() => order.push('awake'))
    clock.advance(99)
    await Promise.resolve()
    order.push('99 ms')
    clock.advance(1)
    await sleeping
    expect(order).toEqual(['99 ms', 'awake'])
  })

  it('rejects at once with the reason when it is aborted, and gives its timer back', async () => {
    const clock = new ManualClock()
    const aborter = new AbortController()
    const sleeping = sleep(clock, 100, aborter.signal)
    aborter.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    expect(clock.pendingTimers).toBe(0)
  })

  it('does not begin when the signal was aborted before', async () => {
    const clock = new ManualClock()
    await expect(sleep(clock, 100, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
    expect(clock.pendingTimers).toBe(0)
  })

  it('leaves no listener on a signal that outlives it', async () => {
    const clock = new ManualClock()
    const { signal } = new AbortController()
    const naps = [sleep(clock, 1, signal), sleep(clock, 2, signal)]
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    clock.advance(2)
    await Promise.all(naps)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it('holds the process open, because somebody waits for it', async () => {
    const asked: (ScheduleOptions | undefined)[] = []
    class WatchedClock extends ManualClock {
      override schedule(delayMs: number, task: () => void, options?: ScheduleOptions) {
        asked.push(options)
        return super.schedule(delayMs, task)
      }
    }
    const clock = new WatchedClock()
    const sleeping = sleep(clock, 5)
    clock.advance(5)
    await sleeping
    expect(asked).toEqual([{ keepAlive: true }])
  })
})
