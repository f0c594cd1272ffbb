import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

import { validate } from './validate.ts'

const person = z.strictObject({ name: z.string().min(1), tags: z.array(z.string()).default([]) })

describe('validate', () => {
  it('gives the parsed value', () => {
    const validated = validate(person, { name: 'a' })
    expect(validated).toEqual({ ok: true, value: { name: 'a', tags: [] } })
    if (validated.ok) expectTypeOf(validated.value).toEqualTypeOf<{ name: string; tags: string[] }>()
  })

  it('says what is wrong in both languages, with the path and without the value', () => {
    const validated = validate(person, { name: '', tags: ['a', 4711] })
    if (validated.ok) throw new Error('expected a refusal')
    expect(validated.details.sv).toMatch(/^name: får inte vara tom; tags\.1: ska vara en text$/)
    expect(validated.details.en).toMatch(/^name: must not be empty; tags\.1: must be a text$/)
    expect(JSON.stringify(validated)).not.toContain('4711')
  })

  it('marks what is wrong with the whole by a dash', () => {
    const validated = validate(person, 4711)
    expect(validated.ok ? '' : validated.details.en).toMatch(/^–: must be an object/)
  })

  it('names the first ten faults and counts the rest', () => {
    const validated = validate(
      z.array(z.string()),
      Array.from({ length: 10_000 }, () => 1),
    )
    if (validated.ok) throw new Error('expected a refusal')
    expect(validated.details.sv.split('; ')).toHaveLength(11)
    expect(validated.details.sv).toMatch(/; … \(\+9990\)$/)
  })
})
