import { describe, expect, it } from 'vitest'

import { type Environment, languageFromEnvironment } from './languageFromEnvironment.ts'

describe('languageFromEnvironment', () => {
  it.each<[string, Environment, 'sv' | 'en']>([
    ['LANG alone decides', { LANG: 'en_US.UTF-8' }, 'en'],
    ['LC_MESSAGES goes before LANG', { LC_MESSAGES: 'sv_SE.UTF-8', LANG: 'en_US.UTF-8' }, 'sv'],
    ['LC_ALL goes before both', { LC_ALL: 'en_GB', LC_MESSAGES: 'sv_SE', LANG: 'sv_SE' }, 'en'],
    ['an empty variable counts as not set', { LC_ALL: '', LC_MESSAGES: '', LANG: 'en_US' }, 'en'],
    ['LC_ALL=C hides LANG', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'sv'],
    ['other categories say nothing about messages', { LC_TIME: 'en_US', LANGUAGE: 'en' }, 'sv'],
    ['nothing is Swedish', {}, 'sv'],
  ])('%s', (_rule, environment, language) => {
    expect(languageFromEnvironment(environment)).toBe(language)
  })
})
