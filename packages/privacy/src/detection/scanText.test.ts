import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { luhn } from './candidates/luhn.ts'
import { scanText } from './scanText.ts'

const pad = (value: number, length: number) => String(value).padStart(length, '0')
const withCheckDigit = (digits: string) => digits + '0123456789'.split('').find((digit) => luhn(digits + digit))!
const found = (text: string) => scanText(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
const kinds = (text: string) => scanText(text).map(({ kind }) => kind)

/** Ten digits of a number that a person may have, born in the century. */
const identity = (dayOffset: number) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      fc.integer({ min: 1, max: 999 }),
    )
    .map(([year, month, day, serial]) =>
      withCheckDigit(pad(year, 2) + pad(month, 2) + pad(day + dayOffset, 2) + pad(serial, 3)),
    )

const FORMS: Readonly<Record<string, (digits: string) => string>> = {
  'YYMMDD-XXXX': (digits) => `${digits.slice(0, 6)}-${digits.slice(6)}`,
  'YYMMDD+XXXX': (digits) => `${digits.slice(0, 6)}+${digits.slice(6)}`,
  'YYMMDD XXXX': (digits) => `${digits.slice(0, 6)} ${digits.slice(6)}`,
  YYMMDDXXXX: (digits) => digits,
  'YYYYMMDD-XXXX': (digits) => `19${digits.slice(0, 6)}-${digits.slice(6)}`,
  'YYYYMMDD XXXX': (digits) => `19${digits.slice(0, 6)} ${digits.slice(6)}`,
  YYYYMMDDXXXX: (digits) => `19${digits}`,
  'YYYY-MM-DD-XXXX': (digits) =>
    `19${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`,
  'en dash': (digits) => `${digits.slice(0, 6)}–${digits.slice(6)}`,
  'spaced dash': (digits) => `${digits.slice(0, 6)} – ${digits.slice(6)}`,
}
const words = fc.constantFrom(
  'Ordföranden ',
  '(',
  'nr ',
  '§ 12 ',
  'Närvarande:\n',
  'a;',
  '”',
  '2024-03-15 ',
  'kl. 12.30: ',
  'id=',
  '',
)

describe.each(Object.entries(FORMS))('A personnummer written as %s', (_, form) => {
  it('is found in any text, as one whole', () => {
    fc.assert(
      fc.property(
        words,
        identity(0),
        fc.constantFrom('.', ', ', ')', '\n§ 13', ' kom', ''),
        (before, digits, after) => {
          expect(found(before + form(digits) + after)).toEqual([['personnummer', form(digits)]])
        },
      ),
    )
  })

  it('is told from a samordningsnummer', () => {
    fc.assert(
      fc.property(identity(60), (digits) => {
        expect(kinds(`x ${form(digits)}.`)).toEqual(['samordningsnummer'])
      }),
    )
  })

  it('is not found with a wrong check digit or a day that is none', () => {
    const wrong = (digits: string) => digits.slice(0, 9) + ((Number(digits[9]) + 1) % 10)
    fc.assert(
      fc.property(identity(0), (digits) => {
        expect(kinds(`x ${form(wrong(digits))} y`)).not.toContain('personnummer')
      }),
    )
    expect(kinds(form(withCheckDigit('850231123')))).toEqual([])
    expect(kinds(form(withCheckDigit('851301123')))).toEqual([])
  })
})

const HOSTILE: Readonly<Record<string, (text: string) => string>> = {
  'full-width digits': (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
  'Arabic digits': (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  'digits beyond 16 bits': (text) => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  'zero-width spaces': (text) => Array.from(text).join('\u200b'),
  'soft hyphens': (text) => Array.from(text).join('\u00ad'),
  'marks of direction': (text) => Array.from(text).join('\u200f\u202e'),
  'lone surrogates': (text) => Array.from(text).join('\ud800'),
  NUL: (text) => Array.from(text).join('\0'),
  tags: (text) => Array.from(text).join('\u{e0041}'),
  'combining marks': (text) => Array.from(text).join('\u0332'),
  'a no-break space': (text) => text.replace('-', '\u00a0'),
  'a thin space': (text) => text.replace('-', '\u2009'),
  'a minus sign': (text) => text.replace('-', '\u2212'),
}

describe.each(Object.entries(HOSTILE))('A personnummer with %s', (_, disguise) => {
  it('is found, from its first character to its last', () => {
    fc.assert(
      fc.property(identity(0), (digits) => {
        const hidden = disguise(FORMS['YYYYMMDD-XXXX']!(digits))
        expect(found(`före ${hidden} efter`)).toEqual([['personnummer', hidden]])
      }),
    )
  })
})

describe('What looks like personal data and is none', () => {
  it.each([
    'dnr KS 2024/0123, order 48210033, faktura 2024001234',
    'Mötet pågick 12.30–14.45 den 2024-03-15, se § 12 och bilaga 3.2.1.4',
    'Budgeten är 1 234 567 kr, bidraget 12 500 000 kronor och filen 8507099805 byte',
    'Avtalet löper 2023-2024 och 2024-01-15–2025-02-01.',
    'Föreningen 556016-0680, momsnummer SE556016068001, fastigheten Björken 3:14',
    '2024-03-15T12:30:45.123Z 1712345678123 12:30:45 v1.2.3.4 version 10.2.3.4',
    '550e8400-e29b-41d4-a716-446655440000 01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'Andelen är 0.8507099805, mätvärdet 8507099805.25',
    '127.0.0.1 ::1 0.0.0.0 192.0.2.7 2001:db8::1 std::vector',
    'användaren @ordf skrev till gruppen@ och logo@2x.png',
    'Lösenordet: ändras varje år. Token: se bilaga.',
    'Punkt 3, 123 45 Protokoll och Box 12, 123 45 Orten',
    'kl 08.30-16.00, resultat 07-12, 012 345 678 kr',
  ])('is left alone: %s', (text) => expect(found(text)).toEqual([]))
})

describe('The other kinds', () => {
  it.each([
    ['email', 'styrelsen+arkiv@exempel.example'],
    ['email', 'åsa.ö@förening.example'],
    ['phone', '070-174 06 05'],
    ['phone', '+46 70 174 06 05'],
    ['phone', '0046701740605'],
    ['phone', '08-465 004 00'],
    ['phone', '0701740605'],
    ['phone', '+1 (201) 555-0123'],
    ['iban', 'SE45 5000 0000 0583 9825 7466'],
    ['iban', 'se4550000000058398257466'],
    ['payment-card', '4111 1111 1111 1111'],
    ['payment-card', '378282246310005'],
    ['ipv4', '81.2.69.142'],
    ['ipv6', '2a02:6b8::2:242'],
    ['street-address', 'Provvägen 12 B, 123 45 Västra Provstad'],
    ['street-address', 'Provgatan 3, lgh 1203\n12345 PROVSTAD'],
    ['organisationsnummer', 'SE850709980501'],
    ['organisationsnummer', '16850709-9805'],
    ['secret', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-bmF0dXJl'],
    ['secret', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'],
    ['secret', `ghp_${'a1B2'.repeat(9)}`],
    ['secret', `sk_live_${'a1B2'.repeat(6)}`],
    ['secret', `ASIA${'QX7Z'.repeat(4)}`],
    ['secret', `https://hooks.slack.com/services/T0X/B0X/${'a1B2'.repeat(6)}`],
    ['payment-card', '4111.1111.1111.1111'],
    ['street-address', 'Provv. 12-14 B, 123 45 Provstad'],
    ['secret', `AKIA${'QX7Z'.repeat(4)}`],
  ])('has %s: %s', (kind, text) => {
    expect(found(`Se ${text}, enligt beslut.`)).toEqual([[kind, text]])
    expect(found(text)).toEqual([[kind, text]])
  })

  it('are told by the words before them where the number alone says nothing', () => {
    expect(found('Betala till bankgiro 5050-1055.')).toEqual([['bankgiro', '5050-1055']])
    expect(found('Betala till bg: 50501055.')).toEqual([['bankgiro', '50501055']])
    expect(found('Kvoten 5050-1055.')).toEqual([])
    const plusgiro = withCheckDigit('123456')
    expect(found(`Plusgiro ${plusgiro.slice(0, 6)}-${plusgiro[6]}.`)).toEqual([['plusgiro', `123456-${plusgiro[6]}`]])
  })

  it('are secrets behind the name of one, without the name', () => {
    expect(found('password=hunter22&x=1')).toEqual([['secret', 'hunter22']])
    expect(found('{"token": "a1b2c3d4e5"}')).toEqual([['secret', 'a1b2c3d4e5']])
    expect(found('Authorization: Bearer abc123def456')).toEqual([['secret', 'abc123def456']])
    expect(found('postgres://user:s3cret@db.example/x')).toEqual([['secret', 'user:s3cret']])
  })

  it('overlap as the longest', () => {
    expect(found('850709-9805@exempel.example')).toEqual([['email', '850709-9805@exempel.example']])
  })
})
