import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { interpolate, type ParamNames, paramText } from './interpolate.ts'

const same = (template: string) => ({ sv: template, en: template })

describe('interpolate', () => {
  it('fills every occurrence in the template of the language', () => {
    const text = { sv: '{{a}} och {{b}} och {{a}}', en: '{{b}} and {{a}}' }
    expect(interpolate(text, { a: 1, b: true }, 'sv')).toBe('1 och true och 1')
    expect(interpolate(text, { a: 1, b: true }, 'en')).toBe('true and 1')
  })

  it('renders a localized parameter in the same language', () => {
    expect(interpolate(same('<{{a}}>'), { a: { sv: 'ljud', en: 'audio' } }, 'en')).toBe('<audio>')
  })

  it('writes a number in the format that the template names, each language by its own rules', () => {
    const text = {
      sv: 'högst {{limit, number}} {{limit, plural(plats|platser)}}',
      en: 'at most {{limit, number}} {{limit, plural(seat|seats)}}',
    }
    expect(interpolate(text, { limit: 1 }, 'sv')).toBe('högst 1 plats')
    expect(interpolate(text, { limit: 2500.5 }, 'en')).toBe('at most 2,500.5 seats')
  })

  it('writes what is no number as it is, whatever the format, and leaves an unknown format visible', () => {
    expect(interpolate(same('{{a, number}} {{b, duration}}'), { a: 'x', b: true }, 'sv')).toBe('x true')
    expect(interpolate(same('{{a, currency}} {{c, number}}'), { a: 1 }, 'sv')).toBe('{{a, currency}} {{c, number}}')
  })

  it('leaves visible what is not given, also names that every object has', () => {
    expect(interpolate(same('{{a}} {{toString}} {{constructor}}'), {}, 'sv')).toBe('{{a}} {{toString}} {{constructor}}')
  })

  it('inserts any value as it is: neither a template nor a replacement pattern', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('{{b}}', '$&', '$1', "$'")), (a) => {
        expect(interpolate(same('<{{a}}>'), { a, b: 'never' }, 'sv')).toBe(`<${a}>`)
      }),
    )
  })
})

describe('paramText', () => {
  it('writes plain values by String', () => {
    expect([paramText('a', 'sv'), paramText(1.5, 'en'), paramText(false, 'sv')]).toEqual(['a', '1.5', 'false'])
  })
})

describe('ParamNames', () => {
  it('is the union of the names in a template', () => {
    expectTypeOf<ParamNames<'{{a}} and {{b}}, {{a}}'>>().toEqualTypeOf<'a' | 'b'>()
    expectTypeOf<ParamNames<'{{a, number}} and {{a, plural(x|y)}} in {{b}}'>>().toEqualTypeOf<'a' | 'b'>()
    expectTypeOf<ParamNames<'no names'>>().toEqualTypeOf<never>()
  })
})
