import { describe, expect, it } from 'vitest'

import { untilAborted } from './untilAborted.ts'

describe('untilAborted', () => {
  it('passes every item on and lets the iteration end', async () => {
    let ended = false
    async function* items() {
      try {
        yield* [1, 2, 3]
      } finally {
        ended = true
      }
    }
    expect(await Array.fromAsync(untilAborted(items(), new AbortController().signal))).toEqual([1, 2, 3])
    expect(ended).toBe(true)
  })

  it('ends the iteration when its own reader stops early', async () => {
    let ended = false
    async function* items() {
      try {
        for (let item = 0; ; item += 1) yield item
      } finally {
        ended = true
      }
    }
    for await (const item of untilAborted(items(), new AbortController().signal)) if (item === 2) break
    expect(ended).toBe(true)
  })

  it('throws the reason at once while the iteration is stuck', async () => {
    const aborter = new AbortController()
    const stuck: AsyncIterable<number> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }
    const reading = Array.fromAsync(untilAborted(stuck, aborter.signal))
    const reason = new Error('enough')
    aborter.abort(reason)
    await expect(reading).rejects.toBe(reason)
  })

  it('takes nothing more after an abort', async () => {
    const aborter = new AbortController()
    async function* items() {
      yield 1
      aborter.abort()
      yield 2
      yield 3
    }
    const seen: number[] = []
    const reading = async () => {
      for await (const item of untilAborted(items(), aborter.signal)) seen.push(item)
    }
    await expect(reading()).rejects.toThrow('aborted')
    expect(seen).toEqual([1])
  })
})
