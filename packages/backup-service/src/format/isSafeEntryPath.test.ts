import { join, relative } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isSafeEntryPath } from './isSafeEntryPath.ts'

const pieces = fc.constantFrom('a', '..', '.', '', '/', '\\', 'C:', '\0', '..a', 'å', '...', '/../', 'c:x', '\ud800')

describe('isSafeEntryPath', () => {
  it('lets no path leave the folder that it is joined to, on POSIX', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), fc.constantFrom('', '/'), (parts, separator) => {
        const path = parts.join(separator)
        if (!isSafeEntryPath(path)) return
        const way = relative('/below/here', join('/below/here', path))
        expect(way).toBe(path)
        expect(way.split('/')).not.toContain('..')
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['a', 'a/b', '..a', 'a..b/c..', '...', 'files/a:b', 'å/🗳️', 'å'.repeat(127)])('takes %j', (path) => {
    expect(isSafeEntryPath(path)).toBe(true)
  })

  it.each([
    '',
    '.',
    '..',
    '/a',
    'a/',
    'a//b',
    'a/../b',
    'a\\b',
    'a\0',
    'C:/a',
    'z:a',
    'a:b',
    'å'.repeat(128),
    '\ud800',
  ])('refuses %j', (path) => {
    expect(isSafeEntryPath(path)).toBe(false)
  })
})
