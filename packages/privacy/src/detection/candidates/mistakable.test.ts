import { describe, expect, it } from 'vitest'

import { redactText } from '../../redaction/redactText.ts'
import { scanText } from '../scanText.ts'

const mistakable = (text: string) => scanText(text).map((found) => [found.kind, found.mistakable ?? false])

describe('A personnummer that is written as other things are', () => {
  it.each([
    ['a time stamp', 'backup 20250114-0939 done'],
    ['a plain number of ten digits', 'order 8507099805'],
  ])('is found, taken out and marked: %s', (_what, text) => {
    expect(mistakable(text)).toEqual([['personnummer', true]])
    expect(redactText(text)).toContain('[personnummer]')
  })

  it.each(['850709-9805', '19850709-9805', '198507099805', '850709+9805'])('is not marked in the form %s', (text) => {
    expect(mistakable(text)).toEqual([['personnummer', false]])
  })
})
