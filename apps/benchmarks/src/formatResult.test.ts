import { describe, expect, it } from 'vitest'

import { formatResult } from './formatResult.ts'
import { formatQuantity } from './formatQuantity.ts'
import { aim } from './harness/aim.ts'
import type { SuiteResult } from './SuiteResult.ts'

const result: SuiteResult = {
  suite: 'toy',
  aims: [aim('toy_ratio', 12.5, '>=', 10), aim('toy_overhead_ns', 300.4, '<=', 300)],
  detail: {
    measurements: [
      { name: 'ours', unit: 'ns', median: 25.04, lowerQuartile: 24.5, upperQuartile: 26 },
      { name: 'memory', unit: 'bytes', median: 4096, lowerQuartile: 4096, upperQuartile: 5000 },
    ],
    ratios: [{ name: 'theirs / ours', value: 12.5 }],
    notes: ['It is a toy.'],
  },
}

describe('the table', () => {
  it('shows medians, ratios, aims and notes', () => {
    expect(formatResult(result, 'a toy')).toBe(
      `toy: a toy

  measured       median               middle half
  ours          25.0 ns         24.5 ns – 26.0 ns
  memory     4096 bytes   4096 bytes – 5000 bytes

  ratio (median of the rounds)   value
  theirs / ours                   12.5

  aim               value    limit        result
  toy_ratio          12.5    >= 10       reached
  toy_overhead_ns   300.4   <= 300   NOT REACHED

  - It is a toy.`,
    )
  })

  it('leaves out what a suite does not have', () => {
    const bare = { ...result, detail: { measurements: [], ratios: [], notes: [] } }
    expect(formatResult(bare, 'a toy')).not.toMatch(/ratio \(|measured/)
  })
})

describe('a quantity', () => {
  it.each([
    [0.0123, 'ns', '0.0123 ns'],
    [0, 'ns', '0.00 ns'],
    [999, 'ns', '999 ns'],
    [1_234, 'ns', '1.23 µs'],
    [-45_678_901, 'ns', '-45.7 ms'],
    [2.5e9, 'ns', '2.50 s'],
    [123_456, 'bytes', '123456 bytes'],
  ])('%d %s reads %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text)
  })
})
