import { systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { Traffic } from './Traffic.ts'

describe('traffic', () => {
  it('never has more requests of a kind under way than allowed, and waits for them at the end', async () => {
    let [running, most, ended] = [0, 0, 0]
    const waiting: (() => void)[] = []
    const run = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => waiting.push(resolve))
      running--
      ended++
    }
    const traffic = new Traffic([{ perSecond: 10_000, concurrency: 3, run }], systemClock)
    traffic.start()
    await expect.poll(() => waiting.length).toBe(3)
    waiting.splice(0).forEach((resolve) => resolve())
    await expect.poll(() => waiting.length).toBe(3)
    const stopping = traffic.stop()
    waiting.splice(0).forEach((resolve) => resolve())
    await stopping
    expect([running, most, ended]).toEqual([0, 3, 6])
  })

  it('generates less on a machine that cannot keep up', async () => {
    const busy = async () => {
      const endMs = performance.now() + 60
      while (performance.now() < endMs);
    }
    const traffic = new Traffic([{ perSecond: 1_000, concurrency: 1, run: busy }], systemClock)
    traffic.start()
    await expect.poll(() => traffic.lag.leastShare).toBeLessThan(0.5)
    await traffic.stop()
    expect(traffic.lag.maxMs).toBeGreaterThan(40)
  })
})
