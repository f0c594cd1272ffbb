import { describe, expect, it } from 'vitest'

import { parseLanguage } from './parseLanguage.ts'

describe('parseLanguage', () => {
  it.each(['en', 'EN', 'en_US.UTF-8', 'en-GB', 'en_GB@euro', 'en.UTF-8', ' en '])(
    'reads English from "%s"',
    (locale) => {
      expect(parseLanguage(locale)).toBe('en')
    },
  )

  it.each(['sv_SE.UTF-8', 'sv', 'C', 'C.UTF-8', 'POSIX', 'fi_FI', 'enm', 'english', '', '*', undefined])(
    'reads Swedish from "%s"',
    (locale) => {
      expect(parseLanguage(locale)).toBe('sv')
    },
  )
})
