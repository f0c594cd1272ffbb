import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { clockStartingAt, systemClock } from './Clock.ts'
import { ManualClock } from './testing/ManualClock.ts'

const DAY_MS = 24 * 60 * 60 * 1000

describe('systemClock', () => {
  it('reads the time of the machine', () => {
    const before = Date.now()
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
  })

  it('measures durations that never shrink', () => {
    const first = systemClock.monotonicMs()
    expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(first)
  })

  describe('schedule', () => {
    beforeEach(() => {
      vi.useFakeTimers()
    })
    afterEach(() => {
      vi.useRealTimers()
    })

    it('runs the task once, when it is due', () => {
      const task = vi.fn()
      systemClock.schedule(100, task)
      vi.advanceTimersByTime(99)
      expect(task).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1000)
      expect(task).toHaveBeenCalledTimes(1)
    })

    it('runs no task that was cancelled', () => {
      const task = vi.fn()
      systemClock.schedule(100, task)()
      vi.advanceTimersByTime(1000)
      expect(task).not.toHaveBeenCalled()
    })

    it('waits longer than the longest timer, and can be cancelled all the while', () => {
      const [kept, cancelled] = [vi.fn(), vi.fn()]
      systemClock.schedule(60 * DAY_MS, kept)
      const cancel = systemClock.schedule(60 * DAY_MS, cancelled)
      vi.advanceTimersByTime(59 * DAY_MS)
      expect(kept).not.toHaveBeenCalled()
      cancel()
      vi.advanceTimersByTime(DAY_MS)
      expect(kept).toHaveBeenCalledTimes(1)
      vi.advanceTimersByTime(60 * DAY_MS)
      expect([kept.mock.calls.length, cancelled.mock.calls.length]).toEqual([1, 0])
      expect(vi.getTimerCount()).toBe(0)
    })
  })

  it('lets the process end before a task, unless it is told to keep it alive', async () => {
    const clock = new URL('./Clock.ts', import.meta.url).href
    const program = `
      import { systemClock } from ${JSON.stringify(clock)}
      systemClock.schedule(60_000, () => console.log('upkeep'))
      systemClock.schedule(5, () => console.log('awaited'), { keepAlive: true })`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
      timeout: 15_000,
    })
    expect(stdout).toBe('awaited\n')
  })
})

describe('clockStartingAt', () => {
  it('reads the given time now and runs on from there', () => {
    const real = new ManualClock(1_000_000)
    const shifted = clockStartingAt(5000, real)
    expect(shifted.now()).toBe(5000)
    real.advance(250)
    expect(shifted.now()).toBe(5250)
  })

  it('leaves durations and timers to the clock that it shifts', () => {
    const real = new ManualClock()
    const shifted = clockStartingAt(0, real)
    const task = vi.fn()
    shifted.schedule(10, task)
    const cancel = shifted.schedule(20, task)
    real.advance(10)
    expect(task).toHaveBeenCalledTimes(1)
    expect(shifted.monotonicMs()).toBe(10)
    cancel()
    expect(real.pendingTimers).toBe(0)
  })

  it('shifts the clock of the machine by default', () => {
    expect(clockStartingAt(0).now()).toBeLessThan(10_000)
  })
})
