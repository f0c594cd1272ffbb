import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { escapeControls, toJsonText } from './escapeControls.ts'
import { cropLine, lineText, widthOf } from './Line.ts'

const ESCAPE = '\u001B'

describe('a line on a terminal', () => {
  it('shows hostile text as code points and never sends it', () => {
    const hostile = `x${ESCAPE}[2J\u202Eevil\r\ny`
    expect(lineText(hostile, true)).toBe('x\\u{1b}[2J\\u{202e}evil\\u{d}\\u{a}y')
  })

  it('has no escape sequence but those of its styles, whatever its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = lineText([{ text, style: 'bad' }, text], true)
        expect(shown.replaceAll(`${ESCAPE}[31m`, '').replaceAll(`${ESCAPE}[39m`, '')).not.toMatch(
          /[\p{Cc}\p{Cf}\u2028\u2029]/u,
        )
      }),
    )
  })

  it('is plain where colours are off', () => {
    expect(lineText(['a ', { text: 'b', style: 'alarm' }], false)).toBe('a b')
  })

  it('is cut to the columns that there are, style kept', () => {
    expect(cropLine(['abc', { text: 'defg', style: 'bad' }, 'h'], 5)).toEqual(['abc', { text: 'de', style: 'bad' }])
  })

  it('is as wide as what is shown of it', () => {
    expect(widthOf('å\u0007')).toBe(1 + '\\u{7}'.length)
  })
})

describe('JSON on a terminal', () => {
  it('is the same value, without anything that steers a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = toJsonText({ text })
        expect(JSON.parse(json)).toEqual({ text })
        expect(json).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      }),
    )
  })

  it('leaves ordinary letters as they are', () => {
    expect(toJsonText('Räksmörgås')).toBe('"Räksmörgås"')
    expect(escapeControls('Räksmörgås – 10 %')).toBe('Räksmörgås – 10 %')
  })
})
