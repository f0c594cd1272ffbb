import { describe, expect, it } from 'vitest'

import { framesOf } from './framesOf.ts'
import { failures } from './testing/failures.ts'

describe('framesOf', () => {
  it('names the type and the places of an error, and leaves its message out', () => {
    const frames = framesOf(new TypeError('account 4711\nof somebody'))
    expect(frames[0]).toBe('TypeError')
    expect(frames[1]).toContain('framesOf.test.ts')
    expect(frames.join('\n')).not.toMatch(/4711|somebody/)
  })

  it('looks at the cause of a ServiceError, where there is one', () => {
    expect(framesOf(failures.create('broken', {}, { cause: new RangeError('x') }))[0]).toBe('RangeError')
    expect(framesOf(failures.create('broken', {}))[0]).toBe('ServiceError')
  })

  it('names the type of what is no error', () => {
    expect([framesOf('secret'), framesOf(undefined)]).toEqual([['string'], ['undefined']])
  })
})
