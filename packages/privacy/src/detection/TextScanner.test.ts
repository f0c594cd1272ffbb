import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { TextFinding } from './Finding.ts'
import { scanText } from './scanText.ts'
import { TextScanner } from './TextScanner.ts'

const PIECES = [
  '850709-9805',
  '８５０７０９－９８０５',
  '8\u200b50709-9\ud800805',
  '\u{1d7d6}50709-9805',
  'anna@exempel.example',
  '850709-9805@exempel.example',
  '070-174 06 05 ',
  'SE45 5000 0000 0583 9825 7466',
  'Provvägen 12 B, 123 45 Provstad',
  'bankgiro ',
  '5050-1055',
  'password=a1b2c3',
  'a.b@',
  ' – ',
  '\n',
  ' Styrelsen beslutade att bordlägga ärendet. ',
]
const anyText = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''))

function scanned(chunks: readonly string[]): readonly TextFinding[] {
  const scanner = new TextScanner()
  return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.end()]
}

/** Cut at every so many characters, in turn. */
function cut(text: string, lengths: readonly number[]): readonly string[] {
  const chunks: string[] = []
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length]!
    chunks.push(text.slice(at, at + length))
    at += length
  }
  return chunks
}

describe('TextScanner', () => {
  it('finds the same however a short text is cut, between halves of a character too', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(anyText, lengths, (text, lengths) => {
        expect(scanned(cut(text, lengths))).toEqual(scanText(text))
      }),
    )
  })

  it('finds the same however a text is cut that is longer than what it holds back', () => {
    const [sample] = fc.sample(fc.array(anyText, { minLength: 1500, maxLength: 1500 }), { numRuns: 1, seed: 7 })
    const text = sample!.join(' ')
    expect(text.length).toBeGreaterThan(60_000)
    const whole = scanText(text)
    for (const lengths of [[1000], [1, 30_000], [4096, 7], [65_537]]) expect(scanned(cut(text, lengths))).toEqual(whole)
  })

  it('gives findings in order that do not overlap and lie in the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0
        for (const { start, end } of scanText(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('gives what is certain before the text ends', () => {
    const scanner = new TextScanner()
    expect(scanner.push('850709-9805 ')).toEqual([])
    expect(scanner.push('Ordföranden talade. '.repeat(2_000))).toEqual([{ kind: 'personnummer', start: 0, end: 11 }])
    expect(scanner.end()).toEqual([])
  })

  it('finds a number behind any amount of what nobody sees', () => {
    const hidden = `8507${'\u200b'.repeat(200_000)}09-9805`
    expect(scanText(hidden)).toEqual([{ kind: 'personnummer', start: 0, end: hidden.length }])
  })
})
