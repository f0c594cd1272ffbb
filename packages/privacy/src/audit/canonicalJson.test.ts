import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { canonicalJson, type JsonValue } from './canonicalJson.ts'

describe('Canonical JSON', () => {
  it('is the same after it was parsed and written by others', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text)
        expect(canonicalJson(JSON.parse(JSON.stringify(JSON.parse(text), null, 2)) as JsonValue)).toBe(text)
      }),
    )
  })

  it('does not depend on the order of keys, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: 'å\u2028' }], a: null })).toBe(
      '{"a":null,"b":[1,{"c":"å\u2028"}]}',
    )
    expect(canonicalJson({ a: null, b: 1 })).toBe(canonicalJson({ b: 1, a: null }))
  })

  it('has no line break and no lone surrogate in it, whatever the text', () => {
    const text = canonicalJson({ text: 'a\nb\u0000\ud800' })
    expect(text).toBe(String.raw`{"text":"a\nb\u0000\ud800"}`)
    expect(text.isWellFormed()).toBe(true)
  })
})
