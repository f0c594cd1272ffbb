import { describe, expect, it } from 'vitest'

import { editDistances } from './editDistances.ts'

describe('edit distances', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['BAKUP', 'BACKUP', 1],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['same', 'same', 0],
  ])('%s to %s takes %i edits', (from, to, edits) => {
    expect(editDistances(from, to).at(-1)).toBe(edits)
  })

  it('are given for every beginning', () => {
    expect(editDistances('bac', 'backup')).toEqual([3, 2, 1, 0, 1, 2, 3])
  })
})
