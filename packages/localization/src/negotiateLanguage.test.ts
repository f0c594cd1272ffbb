import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { negotiateLanguage } from './negotiateLanguage.ts'

describe('negotiateLanguage', () => {
  it.each([
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['en;q=0.8, sv;q=0.9', 'sv'],
    ['sv;q=0.8, en;q=0.9', 'en'],
    ['en, sv', 'en'],
    ['sv, en', 'sv'],
    ['EN-us ; Q=0.5', 'en'],
    ['de, fr;q=0.9, en;q=0.1', 'en'],
    ['de', 'sv'],
    ['*', 'sv'],
    ['sv;q=0, *', 'en'],
    ['en;q=0, *;q=0.5', 'sv'],
    ['en;q=0', 'sv'],
    ['en;q=0.5, *;q=0.9', 'sv'],
    ['en;q=2, sv;q=0.1', 'sv'],
    ['en;q=x', 'sv'],
    ['en-GB;q=0.2, en;q=0.8, sv;q=0.5', 'en'],
    ['enm', 'sv'],
    ['', 'sv'],
    [',,;', 'sv'],
    [undefined, 'sv'],
  ])('answers "%s" in %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language)
  })

  it('answers in Swedish or English whatever a client sends', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (header) => {
        expect(['sv', 'en']).toContain(negotiateLanguage(header))
      }),
    )
  })
})
