import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ManualClock } from './ManualClock.ts'

describe('ManualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new ManualClock('2025-01-10T08:00:00Z')
    expect([clock.now(), clock.monotonicMs()]).toEqual([Date.UTC(2025, 0, 10, 8), 0])
    clock.advance(1500)
    expect([clock.now(), clock.monotonicMs()]).toEqual([Date.UTC(2025, 0, 10, 8, 0, 1, 500), 1500])
  })

  it('fires timers in the order they are due, equal ones in the order they came', () => {
    const fired = (delays: readonly number[]) => {
      const clock = new ManualClock(0)
      const order: number[] = []
      for (const [index, delayMs] of delays.entries()) clock.schedule(delayMs, () => order.push(index))
      clock.advance(1000)
      return order
    }
    fc.assert(
      fc.property(fc.array(fc.nat(100)), (delays) => {
        const expected = delays.map((delayMs, index) => ({ delayMs, index })).sort((a, b) => a.delayMs - b.delayMs)
        expect(fired(delays)).toEqual(expected.map(({ index }) => index))
      }),
    )
  })

  it('shows each task the time at which it was due', () => {
    const clock = new ManualClock(0)
    const seen: number[][] = []
    const look = () => seen.push([clock.now(), clock.monotonicMs()])
    clock.schedule(10, look)
    clock.schedule(30, look)
    clock.advance(100)
    expect(seen).toEqual([
      [10, 10],
      [30, 30],
    ])
    expect(clock.now()).toBe(100)
  })

  it('fires what a task schedules within the same advance', () => {
    const clock = new ManualClock(0)
    const ticks: number[] = []
    const tick = () => {
      ticks.push(clock.now())
      clock.schedule(10, tick)
    }
    tick()
    clock.advance(35)
    expect(ticks).toEqual([0, 10, 20, 30])
    expect(clock.pendingTimers).toBe(1)
  })

  it('never runs backwards, also when a task advances it', () => {
    const clock = new ManualClock(0)
    clock.schedule(10, () => clock.advance(100))
    clock.advance(20)
    expect([clock.now(), clock.monotonicMs()]).toEqual([110, 110])
  })

  it('fires nothing that was cancelled, and a delay in the past at the next move', () => {
    const clock = new ManualClock(0)
    const order: string[] = []
    clock.schedule(5, () => order.push('cancelled'))()
    clock.schedule(-5, () => order.push('past'))
    clock.advance(0)
    expect(order).toEqual(['past'])
  })
})
