import { resolve } from 'node:path'
import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { parseStoreLocation } from './parseStoreLocation.ts'

describe('parseStoreLocation', () => {
  it.each([
    [':memory:', ':memory:'],
    ['sqlite::memory:', ':memory:'],
    ['data/rollout.db', resolve('data/rollout.db')],
    ['/var/lib/gradvis/rollout.db', '/var/lib/gradvis/rollout.db'],
    ['file:data/rollout.db', resolve('data/rollout.db')],
    ['file:///var/lib/med%20blanksteg.db', '/var/lib/med blanksteg.db'],
    ['sqlite:/var/lib/rollout.db', '/var/lib/rollout.db'],
    ['sqlite:///var/lib/rollout.db', '/var/lib/rollout.db'],
    ['C:rollout', resolve('C:rollout')],
  ])('takes %s as a file', (location, path) => {
    expect(parseStoreLocation(location)).toEqual({ kind: 'sqlite', path })
  })

  it.each(['postgres://u:p@h:5433/d?sslmode=disable', 'postgresql://h/d', 'POSTGRES://h'])(
    'takes %s as PostgreSQL',
    (url) => {
      expect(parseStoreLocation(url)).toEqual({ kind: 'postgres', url })
    },
  )

  it.each([
    '',
    '  ',
    'a\0b',
    'data/',
    'file://elsewhere/secret-word.db',
    'sqlite:',
    'mysql://u:secret-word@h/d',
    'https://secret-word@h',
    'postgres:secret-word',
    'postgres://u:secret-word@h:99999/d',
    'x'.repeat(5000),
  ])('refuses %j and never repeats it', (location) => {
    const refused = (() => {
      try {
        return parseStoreLocation(location)
      } catch (error) {
        return error
      }
    })()
    expect(refused).toMatchObject({ code: 'rollout_store.invalid_location', fault: 'caller' })
    expect(inspect(refused, { depth: 9 })).not.toContain('secret-word')
  })
})
