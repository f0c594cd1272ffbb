import { describe, expect, it } from 'vitest'

import { inSession } from './inSession.ts'
import { failures } from './testing/failures.ts'

const named = { service: 'ProbeService', operation: 'send' }

describe('inSession', () => {
  it('gives the result', async () => {
    expect(await inSession(named, undefined, Promise.resolve(7))).toBe(7)
  })

  it('is cancelled at once when the signal aborts, whatever the work does', async () => {
    const caller = new AbortController()
    const pending = inSession(named, caller.signal, new Promise(() => {}))
    caller.abort('enough')
    await expect(pending).rejects.toMatchObject({ code: 'service.cancelled', params: named, cause: 'enough' })
  })

  it('leaves ServiceErrors as they are, and calls everything else unexpected', async () => {
    const known = failures.create('busy', {})
    await expect(inSession(named, undefined, Promise.reject(known))).rejects.toBe(known)
    const cause = new TypeError('a defect')
    const failure = { code: 'service.unexpected', params: named, cause }
    await expect(inSession(named, new AbortController().signal, Promise.reject(cause))).rejects.toMatchObject(failure)
  })
})
