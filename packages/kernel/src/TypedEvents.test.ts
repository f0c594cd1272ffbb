import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import { TypedEvents } from './TypedEvents.ts'

type Events = { moved: Readonly<{ to: string }>; ended: undefined }

function events(onListenerError: (error: unknown) => void = () => {}) {
  return new TypedEvents<Events>(onListenerError)
}

describe('TypedEvents', () => {
  it('calls the listeners of an event in the order they came', () => {
    const emitter = events()
    const order: string[] = []
    emitter.on('moved', ({ to }) => order.push(`first ${to}`))
    emitter.on('moved', ({ to }) => order.push(`second ${to}`))
    emitter.on('ended', () => order.push('ended'))
    emitter.emit('moved', { to: 'b' })
    expect(order).toEqual(['first b', 'second b'])
  })

  it('lets a listener that throws stop no other, and hands its error on', () => {
    const failed = vi.fn()
    const second = vi.fn()
    const emitter = events(failed)
    const failure = new Error('listener')
    emitter.on('moved', () => {
      throw failure
    })
    emitter.on('moved', second)
    expect(() => emitter.emit('moved', { to: 'b' })).not.toThrow()
    expect(failed.mock.calls).toEqual([[failure]])
    expect(second).toHaveBeenCalledTimes(1)
  })

  it('counts a listener that is added or removed during an emit from the next one on', () => {
    const emitter = events()
    const order: string[] = []
    emitter.on('moved', () => {
      removeLast()
      emitter.on('moved', () => order.push('added'))
    })
    const removeLast = emitter.on('moved', () => order.push('removed'))
    emitter.emit('moved', { to: 'b' })
    expect(order).toEqual(['removed'])
    emitter.emit('moved', { to: 'c' })
    expect(order).toEqual(['removed', 'added'])
  })

  it('counts the same function once per subscription, and removes one at a time', () => {
    const emitter = events()
    const listener = vi.fn()
    const off = emitter.on('moved', listener)
    emitter.on('moved', listener)
    off()
    off()
    emitter.emit('moved', { to: 'b' })
    expect(listener).toHaveBeenCalledTimes(1)
    expect([emitter.listenerCount('moved'), emitter.listenerCount('ended')]).toEqual([1, 0])
  })

  it('removes a subscription at the end of its scope', () => {
    const emitter = events()
    {
      using _subscription = emitter.on('ended', () => {})
      expect(emitter.listenerCount('ended')).toBe(1)
    }
    expect(emitter.listenerCount('ended')).toBe(0)
  })

  it('types each payload by the name of its event', () => {
    expectTypeOf(events().on<'moved'>)
      .parameter(1)
      .parameter(0)
      .toEqualTypeOf<Readonly<{ to: string }>>()
  })
})
