import type { Candidate } from '../Candidate.ts'
import { DOT, HYPHEN, isDigit, isWord, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { hasContext } from './hasContext.ts'
import { luhn } from './luhn.ts'

/** Ranges of issuer numbers with the lengths that are in use (ISO/IEC 7812, as the brands publish them). */
const BRANDS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|65|64[4-9])/, [16, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [16, 18, 19]],
]
const GROUPS = /^(?:\d{4}([ .-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ .-])\d{6}\2\d{4,5})(?!\d)/
/** An IBAN with a mistake is no card. */
const IN_IBAN = /[A-Z]{2}\d\d(?:[ -]\w{4}){0,4}[ -]$/
const LONGEST_GROUPED = 24

/** A bank's OCR number has a check digit of the same kind, and a length of the payee's choice. */
const OTHER_NUMBER = /\bocr(?:[- ]?(?:nr|nummer(?:et)?|referens))?[\s.:]*$/

export function findPaymentCard({ text, start, end }: DigitRun): Candidate | undefined {
  const first = text.charCodeAt(start)
  if (first < 50 || first > 54) return undefined
  const length = end - start
  const isGrouped = length === 4
  if (isGrouped ? !isFollowedByGroup(text, end) : length < 13 || length > 19) return undefined
  const written = isGrouped ? GROUPS.exec(text.slice(start, start + LONGEST_GROUPED))?.[0] : text.slice(start, end)
  if (written === undefined) return undefined
  const digits = isGrouped ? written.replaceAll(/\D/g, '') : written
  if (!hasBrand(digits) || !luhn(digits) || isPartOfOther(text, start, start + written.length)) return undefined
  return { kind: 'payment-card', start, end: start + written.length }
}

function isFollowedByGroup(text: string, end: number): boolean {
  const separator = text.charCodeAt(end)
  if (separator !== SPACE && separator !== HYPHEN && separator !== DOT) return false
  return text.charCodeAt(end + 5) === separator || text.charCodeAt(end + 7) === separator
}

function hasBrand(digits: string): boolean {
  return BRANDS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits))
}

function isPartOfOther(text: string, start: number, end: number): boolean {
  if (isWord(text.charCodeAt(end)) || hasContext(text, start, OTHER_NUMBER, 24)) return true
  if (IN_IBAN.test(text.slice(Math.max(0, start - 26), start))) return true
  return text.charCodeAt(start - 1) === DOT && isDigit(text.charCodeAt(start - 2))
}
