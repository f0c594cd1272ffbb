import { describe, expect, it } from 'vitest'

import { toMediaError } from './toMediaError.ts'

describe('toMediaError', () => {
  it.each([
    ['NotAllowedError', 'media.permission_denied'],
    ['SecurityError', 'media.permission_denied'],
    ['NotFoundError', 'media.device_not_found'],
    ['OverconstrainedError', 'media.device_not_found'],
    ['NotReadableError', 'media.device_busy'],
    ['AbortError', 'media.device_busy'],
  ])('tells %s as %s, by the fault of the caller', (name, code) => {
    const cause = new DOMException('a microphone of somebody', name)
    const error = toMediaError(cause)
    expect(error).toMatchObject({ code, fault: 'caller', cause })
    expect(error?.message).not.toContain('somebody')
  })

  it('leaves every other failure to others', () => {
    const others = [new Error('x'), new DOMException('x', 'DataError'), { name: 'NotAllowedError' }, undefined]
    expect(others.map(toMediaError)).toEqual([undefined, undefined, undefined, undefined])
    expect(toMediaError(Object.assign(new Error('x'), { name: 'constructor' }))).toBeUndefined()
  })
})
