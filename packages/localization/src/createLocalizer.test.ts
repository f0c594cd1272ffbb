import { defineErrors, defineMessages, interpolate, type Params, ServiceError } from '@gradvis/kernel'
import fc from 'fast-check'
import i18next from 'i18next'
import { describe, expect, it } from 'vitest'

import { createLocalizer } from './createLocalizer.ts'
import { localizationErrors } from './localizationErrors.ts'

const depot = defineErrors('depot', {
  full: {
    fault: 'service',
    retryable: true,
    sv: 'Lagret {{name}} är fullt. Frigör {{missingMiB}} MiB.',
    en: 'The depot {{name}} is full. Free {{missingMiB}} MiB.',
  },
  closed: {
    fault: 'caller',
    retryable: false,
    sv: 'Lagret är stängt. Öppna det.',
    en: 'The depot is closed. Open it.',
  },
  refused: {
    fault: 'caller',
    retryable: false,
    sv: 'Det gick inte: {{reason}}. Rätta det.',
    en: 'That failed: {{reason}}. Correct it.',
  },
})

const labels = defineMessages('labels', {
  title: { sv: 'Säkerhetskopior', en: 'Backups' },
  stored_one: { sv: '{{count}} kopia på {{place}}', en: '{{count}} copy on {{place}}' },
  stored_other: { sv: '{{count}} kopior på {{place}}', en: '{{count}} copies on {{place}}' },
})

const swedish = createLocalizer({ catalogs: [depot.catalog, labels], language: 'sv' })
const english = swedish.withLanguage('en')

describe('text', () => {
  it('is Swedish unless another language is asked for', () => {
    expect(createLocalizer({ catalogs: [labels] }).text('labels.title')).toBe('Säkerhetskopior')
    expect(english.text('labels.title')).toBe('Backups')
  })

  it('fills the parameters of the template', () => {
    expect(english.text('depot.full', { name: 'A', missingMiB: 12 })).toBe('The depot A is full. Free 12 MiB.')
  })

  it('renders a localized parameter in its own language', () => {
    const reason = { sv: 'tomt namn', en: 'empty name' }
    expect(swedish.text('depot.refused', { reason })).toBe('Det gick inte: tomt namn. Rätta det.')
    expect(english.text('depot.refused', { reason })).toBe('That failed: empty name. Correct it.')
  })

  it.each([
    [0, '0 kopior på disken', '0 copies on disk'],
    [1, '1 kopia på disken', '1 copy on disk'],
    [2, '2 kopior på disken', '2 copies on disk'],
  ])('takes the plural form of %d', (count, sv, en) => {
    expect(swedish.text('labels.stored', { count, place: 'disken' })).toBe(sv)
    expect(english.text('labels.stored', { count, place: 'disk' })).toBe(en)
  })

  it('gives back a key without a text instead of throwing', () => {
    const loose = swedish as unknown as { text(key: string, params?: Params): string }
    for (const key of ['labels.absent', 'labels', '', 'constructor', '__proto__', 'toString', 'depot:full'])
      expect(loose.text(key)).toBe(key)
  })

  it('leaves a parameter that was not given visible', () => {
    const loose = english as unknown as { text(key: string, params?: Params): string }
    expect(loose.text('depot.refused')).toBe('That failed: {{reason}}. Correct it.')
  })

  it('inserts every value exactly as it is: nothing in it is markup, a template, a reference or an option', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('<b>&"', '{{reason}}', '$t(labels.title)', '$&', '{{- x}}')),
        (reason) => {
          expect(english.text('depot.refused', { reason })).toBe(`That failed: ${reason}. Correct it.`)
        },
      ),
    )
  })

  it('reads exactly as the message of the error, whatever the formats and the parameters', () => {
    const places = [
      '{{a}}',
      '{{b, number}}',
      '{{b, duration}}',
      '{{c, instant}}',
      '{{b, plural(dag|dagar)}}',
      '{{c, x}}',
    ]
    const params = fc.record(
      {
        a: fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.record({ sv: fc.string(), en: fc.string() })),
        b: fc.oneof(fc.integer(), fc.double(), fc.string()),
        c: fc.integer(),
      },
      { requiredKeys: [] },
    )
    const text = places.join(' / ')
    const row = { fault: 'caller', retryable: false, sv: text, en: text } as const
    const localizer = createLocalizer({ catalogs: [{ 'any.code': row }] })
    fc.assert(
      fc.property(params, (given) => {
        const error = new ServiceError('any.code', row, given)
        expect(localizer.describeError(error)).toBe(error.message)
        expect(localizer.withLanguage('en').describeError(error)).toBe(interpolate(row, given, 'en'))
      }),
    )
  })

  it('takes parameters that are named like options of i18next for what they are', () => {
    const names = defineMessages('names', {
      odd: { sv: '{{lng}} {{context}} {{defaultValue}} {{ns}}', en: '-' },
    })
    const params = { lng: 'en', context: 'b', defaultValue: 'c', ns: 'd' }
    expect(createLocalizer({ catalogs: [names] }).text('names.odd', params)).toBe('en b c d')
  })

  it('reads nothing but parameters into keys and templates', () => {
    const plain = defineMessages('plain', {
      'a:b.c': { sv: 'Kolon', en: 'Colon' },
      reference: { sv: 'Skriv $t(plain.a:b.c)', en: 'Write $t(plain.a:b.c)' },
    })
    const localizer = createLocalizer({ catalogs: [plain] })
    expect(localizer.text('plain.a:b.c')).toBe('Kolon')
    expect(localizer.text('plain.reference')).toBe('Skriv $t(plain.a:b.c)')
  })
})

describe('describeError', () => {
  it('tells a ServiceError in the language of the localizer', () => {
    const error = depot.create('full', { name: 'A', missingMiB: 12 })
    expect(english.describeError(error)).toBe('The depot A is full. Free 12 MiB.')
    expect(swedish.describeError(error)).toBe(error.message)
  })

  it('tells an error that came over the wire', () => {
    const error: unknown = JSON.parse(
      JSON.stringify(depot.create('refused', { reason: { sv: 'för långt', en: 'too long' } })),
    )
    expect(english.describeError(error)).toBe('That failed: too long. Correct it.')
    expect(english.describeError({ code: 'depot.closed' })).toBe('The depot is closed. Open it.')
  })

  it('leaves out what is no parameter', () => {
    for (const reason of [null, { sv: 'bara svenska' }, ['x'], undefined])
      expect(english.describeError({ code: 'depot.refused', params: { reason } })).toBe(
        'That failed: {{reason}}. Correct it.',
      )
    expect(english.describeError({ code: 'depot.closed', params: null })).toBe('The depot is closed. Open it.')
  })

  it.each([
    ['an unknown error', new Error('kontot 4711 saknas')],
    ['an unknown code', new ServiceError('depot.lost', { fault: 'service', retryable: false, sv: 'x', en: 'x' })],
    ['a code that is no text', { code: 7 }],
    ['a property of every object', { code: 'constructor' }],
    ['a text', 'depot.closed'],
    ['nothing', undefined],
    ['null', null],
  ])('has one general sentence for %s', (_name, error) => {
    expect(swedish.describeError(error)).toBe(
      'Något gick fel. Försök igen om en stund och anmäl felet om det kvarstår.',
    )
    expect(english.describeError(error)).toBe(
      'Something went wrong. Try again in a while, and report it if it goes on.',
    )
  })
})

describe('withLanguage', () => {
  it('is the same localizer for the same language', () => {
    expect(swedish.withLanguage('sv')).toBe(swedish)
  })

  it('leaves the one that it was asked of as it was', () => {
    swedish.withLanguage('en')
    expect([swedish.language, swedish.text('labels.title')]).toEqual(['sv', 'Säkerhetskopior'])
    expect(english.language).toBe('en')
  })
})

describe('createLocalizer', () => {
  it('refuses a key that two catalogs hold', () => {
    const other = defineMessages('labels', { title: { sv: 'Rubrik', en: 'Title' } })
    expect(() => createLocalizer({ catalogs: [labels, other] })).toThrow(
      expect.objectContaining({ code: 'localization.duplicate_key', params: { key: 'labels.title' } }),
    )
  })

  it('takes the same catalog twice, its own included', () => {
    const localizer = createLocalizer({ catalogs: [labels, labels, localizationErrors.catalog] })
    expect(localizer.text('localization.duplicate_key', { key: 'a' })).toContain('Texten a finns i två kataloger')
  })

  it('touches no global i18next', () => {
    createLocalizer({ catalogs: [labels] })
    expect([i18next.isInitialized, i18next.language]).toEqual([undefined, undefined])
  })

  it('keeps two localizers apart', () => {
    const other = createLocalizer({ catalogs: [defineMessages('labels', { title: { sv: 'Annat', en: 'Other' } })] })
    expect([other.text('labels.title'), swedish.text('labels.title')]).toEqual(['Annat', 'Säkerhetskopior'])
  })
})
