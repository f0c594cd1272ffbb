import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AIM_OPERATORS } from '../SuiteResult.ts'
import { aim, aimValueText } from './aim.ts'

describe('an aim', () => {
  it('is judged by the unrounded value', () => {
    expect(aim('speed', 9.999_999, '>=', 10).met).toBe(false)
    expect(aim('speed', 10, '>=', 10).met).toBe(true)
    expect(aim('overhead', 300.000_1, '<=', 300).met).toBe(false)
    expect(aim('lost', 0, '==', 0).met).toBe(true)
  })

  it('that could not be measured is an error, not a miss', () => {
    expect(() => aim('speed', Number.NaN, '>=', 10)).toThrow('speed: measured NaN')
  })
})

describe('its printed value', () => {
  it('has three digits where they suffice and more where they would lie', () => {
    expect(aimValueText(aim('speed', 15.283_4, '>=', 10))).toBe('15.3')
    expect(aimValueText(aim('speed', 9.999_6, '>=', 10))).toBe('9.9996')
    expect(aimValueText(aim('overhead', 300.000_01, '<=', 300))).toBe('300.00001')
  })

  it('lies on the same side of the limit as the value, always', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(numbers, fc.constantFrom(...AIM_OPERATORS), numbers, (value, op, limit) => {
        const judged = aim('any', value, op, limit)
        expect(aim('any', Number(aimValueText(judged)), op, limit).met).toBe(judged.met)
      }),
    )
  })
})
