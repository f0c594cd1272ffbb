import { describe, expect, it } from 'vitest'

import { type Issue, issueText } from './issueText.ts'

const textsOf = (issue: Issue) =>
  [issueText(issue, 'sv'), issueText(issue, 'en')].map((text) => text?.replaceAll('\u00A0', ' '))

describe('issueText', () => {
  it.each<[string, Issue, string, string]>([
    ['nothing', { code: 'invalid_type', expected: 'string' }, 'saknas', 'is missing'],
    [
      'another type',
      { code: 'invalid_type', expected: 'int', input: 'x' },
      'ska vara ett heltal',
      'must be a whole number',
    ],
    [
      'none of the values',
      { code: 'invalid_value', values: ['a', 'b'] },
      'ska vara något av a, b',
      'must be one of a, b',
    ],
    ['not the value', { code: 'invalid_value', values: [true] }, 'ska vara true', 'must be true'],
    ['no known kind', { code: 'invalid_union', options: ['a', 'b'] }, 'ska vara något av a, b', 'must be one of a, b'],
    ['no form', { code: 'invalid_union' }, 'passar ingen av de former som godtas', 'fits none of the accepted forms'],
    ['an empty text', { code: 'too_small', origin: 'string', minimum: 1 }, 'får inte vara tom', 'must not be empty'],
    [
      'a short list',
      { code: 'too_small', origin: 'array', minimum: 1 },
      'ska ha minst 1 värde',
      'must have at least 1 value',
    ],
    [
      'a long text',
      { code: 'too_big', origin: 'string', maximum: 2048 },
      'ska ha högst 2 048 tecken',
      'must have at most 2,048 characters',
    ],
    [
      'a wrong length',
      { code: 'too_big', origin: 'string', maximum: 10, exact: true },
      'ska ha exakt 10 tecken',
      'must have exactly 10 characters',
    ],
    [
      'a negative number',
      { code: 'too_small', origin: 'number', minimum: 0 },
      'ska vara minst 0',
      'must be at least 0',
    ],
    [
      'a number on the limit',
      { code: 'too_small', origin: 'number', minimum: 0.5, inclusive: false },
      'ska vara mer än 0,5',
      'must be more than 0.5',
    ],
    ['no UUID', { code: 'invalid_format', format: 'uuid' }, 'ska vara ett UUID', 'must be a UUID'],
    ['no match', { code: 'invalid_format', format: 'regex' }, 'har inte rätt form', 'does not have the right form'],
    [
      'another beginning',
      { code: 'invalid_format', format: 'starts_with', prefix: '/' },
      'ska börja med "/"',
      'must begin with "/"',
    ],
    ['a rule without words', { code: 'custom' }, 'har inte rätt form', 'does not have the right form'],
    ['a fraction', { code: 'not_multiple_of', divisor: 5 }, 'ska vara en multipel av 5', 'must be a multiple of 5'],
    ['a field too many', { code: 'unrecognized_keys', keys: ['color'] }, 'okänt fält (color)', 'unknown field (color)'],
  ])('has words of its own for %s', (_what, issue, sv, en) => {
    expect(textsOf(issue)).toEqual([sv, en])
  })

  it('repeats no field that looks like a value', () => {
    const keys = ['color', '19900101-0017', 'x'.repeat(41), 'a@example.invalid']
    expect(issueText({ code: 'unrecognized_keys', keys }, 'sv')).toBe('okända fält (color, …, …, …)')
  })

  it('leaves the rarer kinds to whoever asks', () => {
    expect(textsOf({ code: 'toString' })).toEqual([undefined, undefined])
    expect(textsOf({ code: 'invalid_type', expected: 'symbol', input: 1 })).toEqual([undefined, undefined])
  })
})
