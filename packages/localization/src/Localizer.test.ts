import { defineErrors, defineMessages, type MessageCatalog, type Params, type ParamValue } from '@gradvis/kernel'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { createLocalizer } from './createLocalizer.ts'
import type { ErrorLocalizer, Localizer, TextArguments, TextKey } from './Localizer.ts'

const errors = defineErrors('store', {
  full: { fault: 'service', retryable: true, sv: 'Fullt: {{name}}.', en: 'Full: {{name}}, {{sizeMiB}} MiB.' },
  closed: { fault: 'caller', retryable: false, sv: 'Stängt.', en: 'Closed.' },
})
const messages = defineMessages('label', {
  found_one: { sv: '{{count}} träff i {{place}}', en: '{{count}} hit in {{place}}' },
  found_other: { sv: '{{count}} träffar i {{place}}', en: '{{count}} hits in {{place}}' },
  days_one: { sv: '{{count}} dag', en: '{{count}} day' },
  days_other: { sv: '{{count}} dagar', en: '{{count}} days' },
  reason_other: { sv: 'Annat', en: 'Other' },
})

const localizer = createLocalizer({ catalogs: [errors.catalog, messages] })
type Messages = typeof localizer extends Localizer<infer Known> ? Known : never

describe('the types of a localizer', () => {
  it('know the keys, plural forms by their common name', () => {
    expectTypeOf<TextKey<Messages>>().toEqualTypeOf<
      'store.full' | 'store.closed' | 'label.found' | 'label.days' | 'label.reason_other'
    >()
  })

  it('know the parameters of both languages', () => {
    expectTypeOf<TextArguments<Messages, 'store.full'>>().toEqualTypeOf<
      [params: { readonly name: ParamValue; readonly sizeMiB: ParamValue }]
    >()
    expectTypeOf<TextArguments<Messages, 'store.closed'>>().toEqualTypeOf<[]>()
    expectTypeOf<TextArguments<Messages, 'label.reason_other'>>().toEqualTypeOf<[]>()
  })

  it('require the count of a plural text, as a number', () => {
    expectTypeOf<{ count: number; place: string }>().toExtend<TextArguments<Messages, 'label.found'>[0]>()
    expectTypeOf<{ count: string; place: string }>().not.toExtend<TextArguments<Messages, 'label.found'>[0]>()
    expectTypeOf<{ place: string }>().not.toExtend<TextArguments<Messages, 'label.found'>[0]>()
    expect(localizer.text('label.days', { count: 3 })).toBe('3 dagar')
  })

  it('refuse unknown keys, missing and unknown parameters', () => {
    // @ts-expect-error: no such key
    expect(localizer.text('store.absent')).toBe('store.absent')
    // @ts-expect-error: a form of a plural text is no key of its own
    expect(localizer.text('label.days_one')).toContain('dag')
    // @ts-expect-error: parameters are missing
    expect(localizer.text('store.full')).toContain('Fullt')
    // @ts-expect-error: no such parameter
    expect(localizer.text('store.full', { name: 'a', sizeMiB: 1, other: 2 })).toBe('Fullt: a.')
    // @ts-expect-error: this text has no parameters
    expect(localizer.text('store.closed', { name: 'a' })).toBe('Stängt.')
  })

  it('let code that only describes errors take any localizer', () => {
    const describing: ErrorLocalizer = localizer
    expect(describing.withLanguage('en').describeError(errors.create('closed', {}))).toBe('Closed.')
  })

  it('let a service take the localizer of its own texts from a larger one', () => {
    const own: Localizer<typeof messages> = localizer
    expect(own.text('label.days', { count: 1 })).toBe('1 dag')
  })

  it('let a table be told by a localizer of whatever keys', () => {
    const loose: Localizer = localizer
    expect(loose.text('label.days', { count: 2 })).toBe('2 dagar')
  })

  it('take any key and parameter where the catalogs are not known', () => {
    expectTypeOf<TextArguments<MessageCatalog, string>>().toEqualTypeOf<[params?: Params]>()
  })
})
