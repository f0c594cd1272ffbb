import { describe, expect, it } from 'vitest'

import { instantText } from './instantText.ts'
import { numberText, percentText } from './numberText.ts'

describe('numbers for people', () => {
  it.each([
    [0, '0', '0'],
    [0.30541, '0,305', '0.305'],
    [1.5, '1,5', '1.5'],
    [12.3456, '12,3', '12.3'],
    [4000, '4000', '4000'],
    [12_345.6, '12 346', '12,346'],
    [-1_234_567, '-1 234 567', '-1,234,567'],
    [1e-9, '0', '0'],
    [Infinity, '∞', '∞'],
    [Number.NaN, '–', '–'],
  ])('%d is %s in Swedish, %s in English', (value, sv, en) => {
    expect([numberText(value, 'sv'), numberText(value, 'en')]).toEqual([sv, en])
  })

  it('per cent has a space in Swedish, none in English', () => {
    expect([percentText(0.005, 'sv'), percentText(0.005, 'en')]).toEqual(['0,5 %', '0.5%'])
  })

  it('instants are UTC, to the minute', () => {
    expect(instantText(Date.UTC(2025, 0, 12, 8, 0, 59))).toBe('2025-01-12 08:00 UTC')
  })
})
