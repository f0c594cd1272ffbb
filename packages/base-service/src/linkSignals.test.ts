import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { linkSignals } from './linkSignals.ts'

describe('linkSignals', () => {
  it('aborts with the first of its sources, for its reason', () => {
    const [first, second] = [new AbortController(), new AbortController()]
    const linked = linkSignals(first.signal, undefined, second.signal)
    expect(linked.signal.aborted).toBe(false)
    second.abort('second')
    first.abort('first')
    expect([linked.signal.aborted, linked.signal.reason]).toEqual([true, 'second'])
  })

  it('is aborted from the start when a source was', () => {
    const { signal } = linkSignals(new AbortController().signal, AbortSignal.abort('before'))
    expect([signal.aborted, signal.reason]).toEqual([true, 'before'])
  })

  it('leaves nothing on sources that outlive it, whether it was aborted or disposed of', () => {
    const [service, caller] = [new AbortController(), new AbortController()]
    {
      using _linked = linkSignals(service.signal)
      expect(getEventListeners(service.signal, 'abort')).toHaveLength(1)
    }
    expect(getEventListeners(service.signal, 'abort')).toHaveLength(0)
    linkSignals(caller.signal, service.signal)
    caller.abort()
    expect(getEventListeners(service.signal, 'abort')).toHaveLength(0)
  })

  it('never aborts once it has been disposed of', () => {
    const source = new AbortController()
    const linked = linkSignals(source.signal)
    linked[Symbol.dispose]()
    source.abort()
    expect(linked.signal.aborted).toBe(false)
  })
})
