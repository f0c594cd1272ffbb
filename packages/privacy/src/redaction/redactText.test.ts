import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { scanText } from '../detection/scanText.ts'
import { redactText } from './redactText.ts'

const pieces = [
  '850709-9805',
  'anna@exempel.example',
  ' och ',
  '070-174 06 05',
  '\n',
  'password=a1b2c3',
  'https://u:p4@x.example ',
]

describe('redactText', () => {
  it('puts the kind in place of each finding and keeps the rest', () => {
    expect(redactText('Ring 070-174 06 05 eller skriv till anna@exempel.example, 850709-9805.')).toBe(
      'Ring [phone] eller skriv till [email], [personnummer].',
    )
    expect(redactText('https://u:p4ss@x.example/a')).toBe('https://[secret]@x.example/a')
  })

  it('gives back the same text where nothing is found', () => {
    expect(redactText('Mötet öppnas 18:30.')).toBe('Mötet öppnas 18:30.')
  })

  it('leaves nothing that is found again', () => {
    const anyText = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 20 })
    fc.assert(
      fc.property(anyText, (parts) => {
        const redacted = redactText(parts.join(' '))
        expect(scanText(redacted)).toEqual([])
      }),
    )
  })
})
