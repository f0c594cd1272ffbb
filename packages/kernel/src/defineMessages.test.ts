import { describe, expect, expectTypeOf, it } from 'vitest'

import { defineMessages } from './defineMessages.ts'

describe('defineMessages', () => {
  const labels = defineMessages('labels', { title: { sv: 'Titel {{n}}', en: 'Title {{n}}' } })

  it('lists every text under its full key, and keeps the list as it is', () => {
    expect(labels).toEqual({ 'labels.title': { sv: 'Titel {{n}}', en: 'Title {{n}}' } })
    expect(Object.isFrozen(labels)).toBe(true)
  })

  it('keeps keys and templates in the types, for whoever checks parameters', () => {
    expectTypeOf<keyof typeof labels>().toEqualTypeOf<'labels.title'>()
    expectTypeOf<(typeof labels)['labels.title']['sv']>().toEqualTypeOf<'Titel {{n}}'>()
  })
})
