import { Session } from 'node:inspector'

import type { Logger } from '@gradvis/kernel'
import { silentLogger } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { HeapSampler } from './HeapSampler.ts'
import { HeapSampling } from './HeapSampling.ts'

const INTERVAL = 4096

/** Whether anything samples the heap of this thread. */
function isSampled(): boolean {
  const session = new Session()
  session.connect()
  let sampled = false
  session.post('HeapProfiler.getSamplingProfile', (error) => (sampled = error === null))
  session.disconnect()
  return sampled
}

describe('sampling the heap', () => {
  it('goes on until the last one who shares it is done, and leaves nothing behind', () => {
    const sampling = new HeapSampling(new ManualClock())
    expect([isSampled(), sampling.read()]).toEqual([false, undefined])
    const [one, other] = [sampling.use(INTERVAL), sampling.use(INTERVAL)]
    expect(sampling.read()?.unownedBytes).toBeGreaterThanOrEqual(0)
    one?.()
    one?.()
    expect(isSampled()).toBe(true)
    other?.()
    expect([isSampled(), sampling.read()]).toEqual([false, undefined])
    using _again = sampling.use(INTERVAL)
    expect(isSampled()).toBe(true)
  })

  it('leaves alone what something else samples, and says so', () => {
    const warnings: string[] = []
    const logger: Logger = { ...silentLogger, warn: (message) => warnings.push(message) }
    using _theirs = new HeapSampling().use(INTERVAL)
    const sampler = new HeapSampler({ services: [], logger, sampling: new HeapSampling() })
    sampler.start()
    expect(sampler.read()).toEqual([])
    expect(warnings).toEqual(['the heap is not sampled: something else in this process samples it already'])
    sampler.stop()
    expect(isSampled()).toBe(true)
  })

  it('says nothing once something else has stopped it', () => {
    const clock = new ManualClock()
    const sampling = new HeapSampling(clock)
    using _use = sampling.use(INTERVAL)
    expect(sampling.read()).toBeDefined()
    const session = new Session()
    session.connect()
    session.post('HeapProfiler.stopSampling')
    session.disconnect()
    clock.advance(60_000)
    expect(sampling.read()).toBeUndefined()
  })

  it('reads anew when a thousand times as long has passed as the last reading took, and a second at least', () => {
    const clock = new ManualClock()
    const sampling = new HeapSampling(clock)
    using _use = sampling.use(INTERVAL)
    const first = sampling.read()
    clock.advance(999)
    expect(sampling.read()).toBe(first)
    // From here on each look at the clock takes 6 ms.
    const { monotonicMs } = clock
    clock.monotonicMs = () => {
      clock.advance(6)
      return monotonicMs.call(clock)
    }
    const second = sampling.read()
    expect(second).not.toBe(first)
    clock.advance(5_980)
    expect(sampling.read()).toBe(second)
    clock.advance(20)
    expect(sampling.read()).not.toBe(second)
  })
})
