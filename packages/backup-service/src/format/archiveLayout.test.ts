import { describe, expect, it } from 'vitest'

import { archiveLayout } from './archiveLayout.ts'

describe('archiveLayout', () => {
  it('tells folders of the same name apart, whatever else they are called', () => {
    expect(archiveLayout.folderNames(['a', 'b', 'a', 'a-2', 'a'])).toEqual(['a', 'b', 'a-2', 'a-2-2', 'a-3'])
  })

  it.each([
    [0.9, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [-(10 ** 15), '0001-01-01T00:00:00.000Z'],
    [10 ** 15, '9999-12-31T23:59:59.999Z'],
  ])('writes the time %d as %s', (timeMs, text) => {
    expect(archiveLayout.modifiedAt(timeMs)).toBe(text)
  })
})
