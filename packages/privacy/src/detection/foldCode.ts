import { unicodeDigits } from './unicodeDigits.ts'

/** What a code unit becomes that is left out: nobody sees it, and it would hide what it stands between. */
export const DROPPED = 0xffff
/** Half of a pair: what it becomes depends on the other half. */
export const SURROGATE = 0xfffe

type Range = readonly [first: number, last: number]

/** Controls, soft hyphen, combining marks, zero-width and direction marks, variation selectors, keycaps, noncharacters. */
const INVISIBLE: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
]
const SPACES: readonly Range[] = [
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]
const HYPHENS: readonly Range[] = [
  [0x58a, 0x58a],
  [0x1806, 0x1806],
  [0x2010, 0x2015],
  [0x2043, 0x2043],
  [0x2212, 0x2212],
  [0x2500, 0x2501],
  [0xfe58, 0xfe58],
  [0xfe63, 0xfe63],
]
const BREAKS: readonly Range[] = [
  [0x85, 0x85],
  [0x2028, 0x2029],
]

const FULL_WIDTH: Range = [0xff01, 0xff5e]
const FULL_WIDTH_OFFSET = 0xff01 - 0x21

function foldTable(): Uint16Array {
  const table = Uint16Array.from({ length: 0x10000 }, (_, code) => code)
  const fill = (ranges: readonly Range[], code: number) => {
    for (const [first, last] of ranges) table.fill(code, first, last + 1)
  }
  fill(INVISIBLE, DROPPED)
  fill(SPACES, 0x20)
  fill(HYPHENS, 0x2d)
  fill(BREAKS, 0x0a)
  fill([[0xd800, 0xdfff]], SURROGATE)
  for (let code = FULL_WIDTH[0]; code <= FULL_WIDTH[1]; code++) table[code] = code - FULL_WIDTH_OFFSET
  for (const [code, ascii] of unicodeDigits) if (code < 0x10000) table[code] = ascii
  return table
}

const TABLE = foldTable()

/** What a UTF-16 unit is read as: an ASCII digit, space or hyphen for all that look alike, itself, or a mark of above. */
export function foldCode(code: number): number {
  return TABLE[code] as number
}

/** What a code point beyond the first 65,536 is read as: a digit, `DROPPED`, or undefined for itself. */
export function foldCodePoint(codePoint: number): number | undefined {
  const isTag = codePoint >= 0xe0000 && codePoint <= 0xe0fff
  return isTag ? DROPPED : unicodeDigits.get(codePoint)
}
