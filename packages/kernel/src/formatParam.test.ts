import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatParam } from './formatParam.ts'

/** With plain spaces, as people type them: Intl writes unbreakable ones. */
const plain = (value: number, format: string, language: 'sv' | 'en') =>
  formatParam(value, format, language)?.replaceAll(/[\u00A0\u202F]/g, ' ')

describe('formatParam', () => {
  it.each([
    [262_145, 'number', '262 145', '262,145'],
    [12.5, 'number', '12,5', '12.5'],
    [250, 'duration', '250 millisekunder', '250 milliseconds'],
    [0, 'duration', '0 millisekunder', '0 milliseconds'],
    [1000, 'duration', '1 sekund', '1 second'],
    [1500, 'duration', '1,5 sekunder', '1.5 seconds'],
    [30_000, 'duration', '30 sekunder', '30 seconds'],
    [300_000, 'duration', '5 minuter', '5 minutes'],
    [3_600_000, 'duration', '1 timme', '1 hour'],
    [172_800_000, 'duration', '2 dygn', '2 days'],
    [Date.UTC(2025, 0, 16, 8), 'instant', '2025-01-16 08:00 UTC', '2025-01-16 08:00 UTC'],
    [1, 'plural(deltagare|deltagare)', 'deltagare', 'deltagare'],
    [1, 'plural(dag|dagar)', 'dag', 'dag'],
    [0, 'plural(dag|dagar)', 'dagar', 'dagar'],
    [1.5, 'plural(dag|dagar)', 'dagar', 'dagar'],
  ])('writes %d as %s', (value, format, sv, en) => {
    expect([plain(value, format, 'sv'), plain(value, format, 'en')]).toEqual([sv, en])
  })

  it('knows no other format, not even what every object has', () => {
    for (const format of ['', 'currency', 'toString', 'constructor', 'number x', '__proto__'])
      expect(formatParam(1, format, 'sv')).toBeUndefined()
  })

  it('writes every number without throwing', () => {
    const formats = fc.constantFrom('number', 'duration', 'instant', 'plural(a|b)')
    fc.assert(
      fc.property(fc.double(), formats, fc.constantFrom('sv' as const, 'en' as const), (value, format, language) => {
        expect(formatParam(value, format, language)).not.toBe('')
      }),
    )
  })
})
