import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatRanges, parseRanges, rangesOf } from './sequenceRanges.ts'

describe('Ranges of sequences', () => {
  it('name exactly the sequences that they were made of', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (numbers) => {
        const sequences = numbers.toSorted((one, other) => one - other)
        const parsed = parseRanges(formatRanges(rangesOf(sequences))) ?? []
        const named = parsed.flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        )
        expect(named).toEqual(sequences)
      }),
    )
  })

  it('are as short as can be', () => {
    expect(formatRanges(rangesOf([3, 4, 5, 6, 7, 9]))).toBe('3-7,9')
  })

  it.each(['', '0', '3-2', '5,4', '5,5', '1-3,3', '1 2', '-1', '1e3', '9'.repeat(20)])('are not %j', (text) => {
    expect(parseRanges(text)).toBeUndefined()
  })
})
