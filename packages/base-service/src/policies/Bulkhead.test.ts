import { describe, expect, it } from 'vitest'

import { CancelScope } from '../calls/CancelScope.ts'
import { Bulkhead, BulkheadFull } from './Bulkhead.ts'

function held(bulkhead: Bulkhead, scope = new CancelScope()) {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let begun = false
  const ended = bulkhead.run(scope, () => {
    begun = true
    return promise
  })
  ended.catch(() => {})
  return { ended, resolve, reject, scope, hasBegun: () => begun }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a bulkhead', () => {
  it('lets so many run, so many wait, and refuses the next', async () => {
    const bulkhead = new Bulkhead({ concurrent: 2, queued: 1 })
    const calls = [held(bulkhead), held(bulkhead), held(bulkhead)]
    expect(calls.map((call) => call.hasBegun())).toEqual([true, true, false])
    await expect(held(bulkhead).ended).rejects.toBeInstanceOf(BulkheadFull)
    calls[0]?.resolve('first')
    await settled()
    expect(calls[2]?.hasBegun()).toBe(true)
  })

  it('serves those who wait in the order they came, whoever comes meanwhile', async () => {
    const bulkhead = new Bulkhead({ concurrent: 1, queued: 2 })
    const [first, second] = [held(bulkhead), held(bulkhead)]
    first.resolve('first')
    await first.ended
    const late = held(bulkhead)
    await settled()
    expect([second.hasBegun(), late.hasBegun()]).toEqual([true, false])
  })

  it('gives the place of a failed call to the next', async () => {
    const bulkhead = new Bulkhead({ concurrent: 1, queued: 1 })
    const [first, second] = [held(bulkhead), held(bulkhead)]
    first.reject(new Error('broken'))
    await expect(first.ended).rejects.toThrow('broken')
    second.resolve('second')
    expect(await second.ended).toBe('second')
    const third = held(bulkhead)
    expect(third.hasBegun()).toBe(true)
  })

  it('lets a caller go at once who has cancelled, and another wait in that place', async () => {
    const bulkhead = new Bulkhead({ concurrent: 1, queued: 1 })
    const [first, gone] = [held(bulkhead), held(bulkhead)]
    gone.scope.cancel(new Error('enough'))
    await expect(gone.ended).rejects.toThrow('enough')
    const next = held(bulkhead)
    first.resolve('first')
    await settled()
    expect([gone.hasBegun(), next.hasBegun()]).toEqual([false, true])
  })
})
