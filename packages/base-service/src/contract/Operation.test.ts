import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

import { type Operation, read, session, write } from './Operation.ts'

const spec = { summary: 'Does it.', input: z.string(), output: z.number() }

describe('read', () => {
  it('may be repeated, rescued and shadowed unless it says otherwise', () => {
    expect(read(spec)).toEqual({
      ...spec,
      kind: 'read',
      idempotent: true,
      rescue: true,
      shadow: { ignorePaths: [] },
      handover: 'pin',
    })
    expect(read({ ...spec, rescue: false, shadow: { ignorePaths: ['at'] } })).toMatchObject({
      rescue: false,
      shadow: { ignorePaths: ['at'] },
    })
    expect(read({ ...spec, shadow: false })).not.toHaveProperty('shadow')
  })

  it('keeps its kind and schemas in its type', () => {
    expectTypeOf(read(spec)).toEqualTypeOf<Operation<'read', z.ZodString, z.ZodNumber>>()
  })
})

describe('write', () => {
  it('is neither repeated, rescued nor shadowed by default', () => {
    expect(write(spec)).toEqual({ ...spec, kind: 'write', idempotent: false, rescue: false, handover: 'pin' })
  })

  it('may be rescued where it is idempotent, and only there', () => {
    expect(write({ ...spec, idempotent: true })).toMatchObject({ idempotent: true, rescue: true })
    expect(write({ ...spec, idempotent: true, rescue: false })).toMatchObject({ idempotent: true, rescue: false })
    expect(write({ ...spec, rescue: true })).toMatchObject({ idempotent: false, rescue: false })
  })
})

describe('session', () => {
  it('stays where it was opened unless it can be subscribed to again, and is opened once', () => {
    expect(session(spec)).toEqual({ ...spec, kind: 'session', idempotent: false, rescue: false, handover: 'pin' })
    expect(session({ ...spec, handover: 'resubscribe' }).handover).toBe('resubscribe')
  })
})
