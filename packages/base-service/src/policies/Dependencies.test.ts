import { systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { breakerStateOf, Dependencies } from './Dependencies.ts'

describe('what operations share', () => {
  it('is one breaker and one bulkhead for each dependency by name', () => {
    const dependencies = new Dependencies(systemClock)
    const limits = { concurrent: 2, queued: 1 }
    expect(dependencies.breaker('depot')).toBe(dependencies.breaker('depot'))
    expect(dependencies.breaker('depot')).not.toBe(dependencies.breaker('other'))
    const depot = dependencies.bulkhead({ ...limits, dependency: 'depot' })
    expect(dependencies.bulkhead({ ...limits, dependency: 'depot' })).toBe(depot)
    expect(dependencies.bulkhead(limits)).not.toBe(dependencies.bulkhead(limits))
  })

  it.each([
    [{ concurrent: 0, queued: 1 }, 'at least one call'],
    [{ concurrent: 1, queued: -1 }, 'at least one call'],
    [{ concurrent: 1.5, queued: 1 }, 'at least one call'],
    [{ concurrent: 3, queued: 1, dependency: 'depot' }, 'disagree: 2 + 1 and 3 + 1'],
  ])('is refused with the reason: %j', (policy, why) => {
    const dependencies = new Dependencies(systemClock)
    dependencies.bulkhead({ concurrent: 2, queued: 1, dependency: 'depot' })
    expect(() => dependencies.bulkhead(policy)).toThrow(why)
  })

  it('tells the state of a breaker by name', () => {
    const breaker = new Dependencies(systemClock).breaker('depot')
    expect(breakerStateOf(breaker)).toBe('closed')
    using _held = Object.assign(breaker.isolate(), { [Symbol.dispose]: () => {} })
    expect(breakerStateOf(breaker)).toBe('open')
  })
})
