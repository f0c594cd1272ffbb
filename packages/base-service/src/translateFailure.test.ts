import { describe, expect, it } from 'vitest'

import { failures } from './testing/failures.ts'
import { translateFailure } from './translateFailure.ts'

const cause = new TypeError('of the place that was reached')
const asBusy = (error: unknown) => failures.create('busy', {}, { cause: error })

describe('translateFailure', () => {
  it('gives the result', async () => {
    expect(await translateFailure(Promise.resolve(7), asBusy)).toBe(7)
  })

  it('says what a failure means, and keeps it as the cause', async () => {
    const live = new AbortController().signal
    const failed = translateFailure(Promise.reject(cause), asBusy, live)
    await expect(failed).rejects.toMatchObject({ code: 'probe.busy', cause })
  })

  it('leaves ServiceErrors, what nobody knows, and what comes after an abort as they are', async () => {
    const known = failures.create('missing', {})
    await expect(translateFailure(Promise.reject(known), asBusy)).rejects.toBe(known)
    await expect(translateFailure(Promise.reject(cause), () => undefined)).rejects.toBe(cause)
    await expect(translateFailure(Promise.reject(cause), asBusy, AbortSignal.abort())).rejects.toBe(cause)
  })
})
