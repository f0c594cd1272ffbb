import { describe, expect, it } from 'vitest'

import { mapConcurrently } from './mapConcurrently.ts'

describe('mapConcurrently', () => {
  it('keeps the order of the results and never runs more than the limit', async () => {
    let running = 0
    let most = 0
    const results = await mapConcurrently([3, 1, 2, 0], 2, async (value) => {
      running += 1
      most = Math.max(most, running)
      for (let turn = 0; turn < value; turn += 1) await Promise.resolve()
      running -= 1
      return value * 10
    })
    expect(results).toEqual([30, 10, 20, 0])
    expect(most).toBe(2)
  })

  it('rejects with the first failure after what runs has ended', async () => {
    const ended: number[] = []
    const failing = mapConcurrently([0, 1], 2, async (value) => {
      if (value === 0) throw new Error('zero')
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      ended.push(value)
    })
    await expect(failing).rejects.toThrow('zero')
    expect(ended).toEqual([1])
  })

  it('begins nothing more after an abort, lets what runs end, and rejects with the reason', async () => {
    const aborter = new AbortController()
    const ended: number[] = []
    const work = async (value: number) => {
      aborter.abort(new Error('enough'))
      await Promise.resolve()
      ended.push(value)
    }
    await expect(mapConcurrently([0, 1, 2], 1, work, aborter.signal)).rejects.toThrow('enough')
    expect(ended).toEqual([0])
  })

  it('does nothing for no items', async () => {
    expect(await mapConcurrently([], 4, async () => 1)).toEqual([])
  })
})
