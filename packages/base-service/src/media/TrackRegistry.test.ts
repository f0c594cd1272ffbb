import { describe, expect, it, vi } from 'vitest'

import { TrackRegistry } from './TrackRegistry.ts'

describe('TrackRegistry', () => {
  it('stops every open track once, by its own disposer or with all others', () => {
    const tracks = new TrackRegistry()
    const [first, second] = [vi.fn(), vi.fn()]
    const stopFirst = tracks.register(first)
    tracks.register(second)
    stopFirst()
    expect(tracks.size).toBe(1)
    tracks.stopAll()
    tracks.stopAll()
    stopFirst()
    expect([first.mock.calls.length, second.mock.calls.length, tracks.size]).toEqual([1, 1, 0])
  })

  it('stops the others when one of them fails, and tells of it afterwards', () => {
    const tracks = new TrackRegistry()
    const [failure, last] = [new Error('stuck'), vi.fn()]
    tracks.register(() => {
      throw failure
    })
    tracks.register(last)
    expect(() => tracks.stopAll()).toThrow(expect.objectContaining({ errors: [failure] }))
    expect([last.mock.calls.length, tracks.size]).toEqual([1, 0])
  })

  it('stops a track that is opened while the others are being stopped', () => {
    const tracks = new TrackRegistry()
    const late = vi.fn()
    tracks.register(() => tracks.register(late))
    tracks.stopAll()
    expect([late.mock.calls.length, tracks.size]).toEqual([1, 0])
  })
})
