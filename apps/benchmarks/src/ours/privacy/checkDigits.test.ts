import { describe, expect, it } from 'vitest'

import { ibanDigits, luhnDigit, wrongLuhnDigit } from './checkDigits.ts'

describe('luhnDigit', () => {
  it('completes published examples', () => {
    // ISO/IEC 7812-1, and the Swedish Tax Agency's SKV 704.
    expect(luhnDigit('7992739871')).toBe('3')
    expect(luhnDigit('811228987')).toBe('4')
  })

  it('is never what wrongLuhnDigit gives', () => {
    for (let shift = 1; shift <= 9; shift += 1) expect(wrongLuhnDigit('811228987', shift)).not.toBe('4')
  })
})

describe('ibanDigits', () => {
  it('completes the examples of the IBAN registry', () => {
    expect(ibanDigits('SE', '50000000058398257466')).toBe('45')
    expect(ibanDigits('GB', 'NWBK60161331926819')).toBe('29')
  })
})
