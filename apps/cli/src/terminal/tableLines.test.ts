import { describe, expect, it } from 'vitest'

import { lineText } from './Line.ts'
import { tableLines } from './tableLines.ts'

describe('a table', () => {
  it('aligns columns by their widest cell and does not pad the last one', () => {
    const lines = tableLines(
      [{ title: 'name' }, { title: 'n', align: 'right' }, { title: 'text' }],
      [
        ['a', '1 000', 'first'],
        ['longer', { text: '2', style: 'bad' }, 'b'],
      ],
    )
    expect(lines.map((line) => lineText(line, false))).toEqual([
      'name        n  text',
      'a       1 000  first',
      'longer      2  b',
    ])
  })

  it('keeps its columns when a cell holds control characters', () => {
    const [, row] = tableLines([{ title: 'a' }, { title: 'b' }], [['x\u0007', 'y']])
    expect(lineText(row ?? '', false)).toBe('x\\u{7}  y')
  })
})
