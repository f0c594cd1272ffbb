import { describe, expect, it } from 'vitest'

import { abortable } from './abortable.ts'

const reason = new Error('the caller has left')

describe('work that can be left', () => {
  it('settles as it would have, with and without a signal, and leaves no listener', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args))
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args))
    expect(await abortable(Promise.resolve(1), undefined)).toBe(1)
    expect(await abortable(Promise.resolve(2), signal)).toBe(2)
    await expect(abortable(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken')
    expect(listeners).toBe(0)
  })

  it('is left at once when the signal aborts, however long it takes', async () => {
    const leaving = new AbortController()
    const left = abortable(new Promise(() => {}), leaving.signal)
    leaving.abort(reason)
    await expect(left).rejects.toBe(reason)
  })

  it('is left at once when the signal has aborted before', async () => {
    await expect(abortable(new Promise(() => {}), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
