import { describe, expect, it } from 'vitest'

import { unicodeDigits } from './unicodeDigits.ts'
import { DROPPED, foldCode, foldCodePoint, SURROGATE } from './foldCode.ts'

describe('Reading characters', () => {
  it('knows every decimal digit that Unicode has, and nothing else as a digit', () => {
    const missing: string[] = []
    for (let code = 0x80; code < 0x20000; code++) {
      const isDigit = /\p{Nd}/u.test(String.fromCodePoint(code))
      if (isDigit !== unicodeDigits.has(code)) missing.push(code.toString(16))
    }
    expect(missing).toEqual([])
  })

  it('reads digits of all scripts, spaces and dashes as ASCII and drops what nobody sees', () => {
    expect(foldCode(0xff15)).toBe(0x35)
    expect(foldCode(0x669)).toBe(0x39)
    expect(foldCode(0x2013)).toBe(0x2d)
    expect(foldCode(0xa0)).toBe(0x20)
    expect(foldCode(0x200b)).toBe(DROPPED)
    expect(foldCode(0xd83d)).toBe(SURROGATE)
    expect(foldCodePoint(0x1d7ff)).toBe(0x39)
    expect(foldCodePoint(0x1f600)).toBeUndefined()
  })

  it('leaves ASCII and Swedish letters as they are', () => {
    for (let code = 0x20; code < 0x7f; code++) expect(foldCode(code)).toBe(code)
    for (const letter of 'åäöÅÄÖéü§') expect(foldCode(letter.charCodeAt(0))).toBe(letter.charCodeAt(0))
  })
})
