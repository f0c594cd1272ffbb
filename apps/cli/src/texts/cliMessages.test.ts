import type { LocalizedText } from '@gradvis/kernel'
import { englishWordsIn } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { cliMessages } from './cliMessages.ts'

const namesIn = (text: string) => new Set([...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name))

describe('every text that the program prints', () => {
  it.each(Object.entries<LocalizedText>(cliMessages))(
    '%s has the same parameters in both languages, and no English in the Swedish text',
    (_key, { sv, en }) => {
      expect(namesIn(sv)).toEqual(namesIn(en))
      expect(englishWordsIn(sv.replaceAll(/\{\{.*?\}\}|gradvis [\w -]+|--[\w-]+/g, ''))).toEqual([])
    },
  )
})
