export const DIGIT_ZERO = 48
export const SPACE = 32
export const PLUS = 43
export const HYPHEN = 45
export const DOT = 46
export const COLON = 58
export const AT = 64
const UNDERSCORE = 95

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** ASCII letters, and all of Latin-1's (å, ä, ö …). `NaN`, which is what lies beyond a text, is none. */
export function isLetter(code: number): boolean {
  const lower = code | 32
  return (lower >= 97 && lower <= 122) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
}

export function isUpper(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xde && code !== 0xd7)
}

/** What a word or an identifier is made of. */
export function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === UNDERSCORE
}

/** The end of the run of digits that begins at `start`, read `limit` characters far. */
export function endOfDigits(text: string, start: number, limit = 40): number {
  const stop = Math.min(text.length, start + limit)
  let end = start
  while (end < stop && isDigit(text.charCodeAt(end))) end++
  return end
}
