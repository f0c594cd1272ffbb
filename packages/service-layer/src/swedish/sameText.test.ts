import { type ErrorDefinition, interpolate, type LocalizedText, type Params, ServiceError } from '@gradvis/kernel'
import { englishWordsIn } from '@gradvis/kernel/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { errorCatalogs, messageCatalogs } from '../catalogs.ts'
import { createServiceLocalizer } from '../createServiceLocalizer.ts'

const CODES: readonly (readonly [string, ErrorDefinition])[] = errorCatalogs.flatMap((catalog) =>
  Object.entries(catalog),
)
const TEXTS: readonly (readonly [string, LocalizedText])[] = [
  ...CODES,
  ...messageCatalogs.flatMap((catalog) => Object.entries<LocalizedText>(catalog)),
]
const [swedish, english] = [createServiceLocalizer('sv'), createServiceLocalizer('en')]

const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name as string)

/** Any value under each name that the texts of a code have. */
function paramsOf({ sv, en }: LocalizedText): fc.Arbitrary<Params> {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.record({ sv: fc.string(), en: fc.string() }),
  )
  return fc.record(Object.fromEntries(namesIn(sv + en).map((name) => [name, value])))
}

describe('a failure', () => {
  it.each(CODES)('%s reads the same with and without a localizer, whatever its parameters', (code, definition) => {
    fc.assert(
      fc.property(paramsOf(definition), (params) => {
        const error = new ServiceError(code, definition, params)
        expect(swedish.describeError(error)).toBe(error.message)
        expect(english.describeError(error)).toBe(interpolate(definition, params, 'en'))
      }),
      { numRuns: 20 },
    )
  })
})

describe('every text of the product', () => {
  it.each(TEXTS)(
    '%s has a text in each language, with the same parameters and without English in the Swedish one',
    (_code, { sv, en }) => {
      expect(sv).not.toBe(en)
      expect(englishWordsIn(sv.replaceAll(/\{\{.*?\}\}/g, ''))).toEqual([])
      expect(new Set(namesIn(sv))).toEqual(new Set(namesIn(en)))
    },
  )
})
