import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { ServiceCache } from './ServiceCache.ts'

const policy = { ttlMs: 1000, tags: ['a'] }

describe('ServiceCache', () => {
  it('keeps an answer for its time by the clock', () => {
    const clock = new ManualClock()
    const cache = new ServiceCache(clock)
    clock.advance(10)
    cache.set('key', { n: 1 }, policy)
    clock.advance(1000)
    expect(cache.get('key')).toEqual({ value: { n: 1 } })
    clock.advance(1)
    expect(cache.get('key')).toBeUndefined()
  })

  it.each([0, -1, Number.NaN])('keeps nothing for %d ms', (ttlMs) => {
    const clock = new ManualClock()
    clock.advance(10)
    const cache = new ServiceCache(clock)
    cache.set('key', 'old', policy)
    cache.set('key', 'new', { ...policy, ttlMs })
    expect([cache.get('key'), cache.sizeBytes]).toEqual([undefined, 0])
  })

  it('does not hold what is too old, asked for or not', () => {
    const clock = new ManualClock()
    clock.advance(10)
    const cache = new ServiceCache(clock)
    cache.set('old', 'x', policy)
    clock.advance(600)
    cache.set('young', 'x', { ...policy, maxBytes: 1_000 })
    const both = cache.sizeBytes
    clock.advance(401)
    expect(cache.sizeBytes).toBeLessThan(both)
    clock.advance(1_000)
    expect(cache.sizeBytes).toBe(0)
  })

  it('tells an answer that is undefined from none', () => {
    const cache = new ServiceCache(new ManualClock())
    cache.set('key', undefined, policy)
    expect([cache.get('key'), cache.get('other')]).toEqual([{ value: undefined }, undefined])
  })

  it('throws away what carries one of the tags, and counts a new version', () => {
    const cache = new ServiceCache(new ManualClock())
    cache.set('a', 1, policy)
    cache.set('ab', 2, { ttlMs: 1000, tags: ['a', 'b'] })
    cache.set('c', 3, { ttlMs: 1000, tags: ['c'] })
    const before = cache.version
    cache.invalidate('b', 'c')
    expect(['a', 'ab', 'c'].map((key) => cache.get(key)?.value)).toEqual([1, undefined, undefined])
    expect(cache.version).not.toBe(before)
  })

  it('gives every caller a copy, so that none can change what another gets', () => {
    const cache = new ServiceCache(new ManualClock())
    const original = { list: [1], at: new Date(0) }
    cache.set('key', original, policy)
    original.list.push(2)
    const given = cache.get('key') as { value: typeof original }
    given.value.list.push(3)
    expect(cache.get('key')).toEqual({ value: { list: [1], at: new Date(0) } })
  })

  it('holds at most 8 MiB, the least recently used goes first, and tells how much it holds', () => {
    const cache = new ServiceCache(new ManualClock())
    expect(cache.sizeBytes).toBe(0)
    for (const key of ['a', 'b', 'c', 'd', 'e']) cache.set(key, 'x'.repeat(1024 * 1024), policy)
    expect(['a', 'b', 'e'].map((key) => cache.get(key) === undefined)).toEqual([true, true, false])
    expect(cache.sizeBytes).toBeGreaterThan(6 * 1024 * 1024)
    expect(cache.sizeBytes).toBeLessThanOrEqual(8 * 1024 * 1024)
    cache.clear()
    expect([cache.sizeBytes, cache.get('e')]).toEqual([0, undefined])
  })

  it('holds as much as it is given', () => {
    const cache = new ServiceCache(new ManualClock(), 1_000)
    for (const key of ['a', 'b']) cache.set(key, 'x'.repeat(300), policy)
    expect(['a', 'b'].map((key) => cache.get(key) === undefined)).toEqual([true, false])
  })

  it('keeps each policy within its own share, the least recently used goes first, and leaves others alone', () => {
    const cache = new ServiceCache(new ManualClock())
    const small = { ...policy, maxBytes: 2_000 }
    cache.set('other', 'x'.repeat(2_000), policy)
    for (const key of ['a', 'b']) cache.set(key, 'x'.repeat(300), small)
    cache.get('a')
    cache.set('c', 'x'.repeat(300), small)
    cache.set('huge', 'x'.repeat(1_000), small)
    expect(['a', 'b', 'c', 'huge', 'other'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'other'])
  })

  it('makes room in a share for what takes the place of an answer that was too old', () => {
    const clock = new ManualClock()
    const cache = new ServiceCache(clock)
    const small = { ...policy, maxBytes: 1_500 }
    clock.advance(1)
    cache.set('a', 'x'.repeat(300), small)
    clock.advance(600)
    cache.set('b', 'x'.repeat(300), small)
    cache.get('a')
    clock.advance(600)
    expect(cache.get('a')).toBeUndefined()
    cache.set('c', 'x'.repeat(300), small)
    expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['b', 'c'])
  })

  it('shows in no key whom an answer is about, and no two instances have the same keys', () => {
    const [one, other] = [new ServiceCache(new ManualClock()), new ServiceCache(new ManualClock())]
    expect(one.keyOf('subject-1')).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(one.keyOf('subject-1')).toBe(one.keyOf('subject-1'))
    expect(one.keyOf('subject-1')).not.toBe(one.keyOf('subject-2'))
    expect(one.keyOf('subject-1')).not.toBe(other.keyOf('subject-1'))
  })

  it('keeps nothing that alone is too large', () => {
    const cache = new ServiceCache(new ManualClock())
    cache.set('huge', 'x'.repeat(5 * 1024 * 1024), policy)
    expect([cache.get('huge'), cache.sizeBytes]).toEqual([undefined, 0])
  })
})
