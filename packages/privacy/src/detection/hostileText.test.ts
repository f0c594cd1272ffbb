import { describe, expect, it } from 'vitest'

import { scanText } from './scanText.ts'

const LENGTH = 10_000_000
const NOTHING = [
  '0',
  '7',
  'a@',
  '-',
  '+',
  ':',
  '.',
  '=',
  '\0',
  '\ud800',
  '０',
  '\u200b',
  'token:',
  '-----BEGIN ',
  'x.eyJ',
  '1-',
]

describe('Ten million characters of one kind', () => {
  it.each(NOTHING)('are read to the end, and what follows them is found: %j', (piece) => {
    const hostile = piece.repeat(LENGTH / piece.length)
    expect(scanText(`${hostile} Se 850709-9805`).at(-1)?.kind).toBe('personnummer')
  })

  it('hold every number that is repeated in them', () => {
    const count = 10_000
    expect(scanText('850709-9805 '.repeat(count))).toHaveLength(count)
  })
})
