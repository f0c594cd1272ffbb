import { randomBytes } from 'node:crypto'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { scanText } from '../detection/scanText.ts'
import { createPseudonyms } from './createPseudonyms.ts'

const key = (id: string, bytes = 32) => ({ id, secret: new Uint8Array(randomBytes(bytes)) })
const anyId = fc.string({ unit: 'binary', maxLength: 200 })

describe('createPseudonyms', () => {
  it('gives the same subject the same pseudonym, whatever the id is made of', () => {
    const pseudonyms = createPseudonyms({ keys: [key('a')] })
    fc.assert(
      fc.property(anyId, (subject) => {
        expect(pseudonyms.of(subject)).toBe(pseudonyms.of(subject))
        expect(pseudonyms.of(subject)).toMatch(/^p_a_[\w-]{22}$/)
        expect(pseudonyms.matches(subject, pseudonyms.of(subject))).toBe(true)
      }),
    )
  })

  it('gives different subjects different pseudonyms, lone surrogates and empty ids among them', () => {
    const pseudonyms = createPseudonyms({ keys: [key('a')] })
    const subjects = ['', ' ', '\0', '\ud800', '\ud801', '\ufffd', 'å', 'a\u030a', '__proto__']
    expect(new Set(subjects.map((subject) => pseudonyms.of(subject))).size).toBe(subjects.length)
  })

  it('finds a subject again after a rotation', () => {
    const [old, current] = [key('k1'), key('k2')]
    const before = createPseudonyms({ keys: [old] })
    const after = createPseudonyms({ keys: [current, old] })
    expect(after.of('subject')).toMatch(/^p_k2_/)
    expect(after.all('subject')).toEqual([after.of('subject'), before.of('subject')])
    expect(after.matches('subject', before.of('subject'))).toBe(true)
    expect(after.matches('other', before.of('subject'))).toBe(false)
    expect(before.matches('subject', after.of('subject'))).toBe(false)
  })

  it('depends on the secret and keeps its own copy of it', () => {
    const [one, other] = [key('a'), key('a')]
    const pseudonyms = createPseudonyms({ keys: [one] })
    const first = pseudonyms.of('subject')
    expect(createPseudonyms({ keys: [other] }).of('subject')).not.toBe(first)
    one.secret.fill(0)
    expect(pseudonyms.of('subject')).toBe(first)
  })

  it('is never mistaken for personal data itself', () => {
    const pseudonyms = createPseudonyms({ keys: [key('2024')] })
    for (let index = 0; index < 20_000; index++)
      expect(scanText(`subject ${pseudonyms.of(String(index))}.`)).toEqual([])
  })

  it.each([
    ['no key', [], 'privacy.no_pseudonym_key'],
    ['a secret of 31 bytes', [key('a', 31)], 'privacy.weak_pseudonym_key'],
    ['an id that is no part of a pseudonym', [key('a_b')], 'privacy.invalid_key_id'],
    ['the same id twice', [key('a'), key('a')], 'privacy.invalid_key_id'],
  ])('refuses %s', (_, keys, code) => {
    expect(() => createPseudonyms({ keys })).toThrow(expect.objectContaining({ code }))
  })
})
