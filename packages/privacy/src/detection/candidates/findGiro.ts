import type { Candidate } from '../Candidate.ts'
import { HYPHEN, isDigit, isWord, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { hasContext } from './hasContext.ts'
import { luhn } from './luhn.ts'

const BANKGIRO_WORDS = /bankgiro|bankg\.|\bbg\b|\bbgnr\b|\bgiro/
const PLUSGIRO_WORDS = /plusgiro|postgiro|plusg\.|\bpg\b|\bpgnr\b|\bgiro/
/** Right before a number that is written without its hyphen. */
const NAMED = /(bankgirot?|\bbg|plusgirot?|postgirot?|\bpg)(?:[- ]?(?:nr|nummer|numret|konto|kontot))?[\s.:]*$/
const LONGEST_PLUSGIRO = 14
const BANKGIRO_REST = /^ ?- ?\d{4}(?!\d)/
const PLUSGIRO = /^(?:\d{1,3}(?: \d{1,3}){0,3}|\d{1,7}) ?- ?\d(?!\d)/

/**
 * Numbers of bankgiro and plusgiro, where words before them say so: periods of years (`2023-2024`) and case numbers
 * have the same form, and one in ten has the check digit.
 */
export function findGiro(run: DigitRun): Candidate | undefined {
  return findBankgiro(run) ?? findPlusgiro(run) ?? findPlain(run)
}

function findBankgiro({ text, start, end }: DigitRun): Candidate | undefined {
  const length = end - start
  if (length !== 3 && length !== 4) return undefined
  const [rest] = BANKGIRO_REST.exec(text.slice(end, end + 8)) ?? []
  if (rest === undefined) return undefined
  const after = end + rest.length
  const digits = text.slice(start, end) + rest.slice(-4)
  if (isJoined(text, start, after) || !luhn(digits)) return undefined
  return hasContext(text, start, BANKGIRO_WORDS) ? { kind: 'bankgiro', start, end: after } : undefined
}

function findPlusgiro({ text, start, end }: DigitRun): Candidate | undefined {
  if (!hasFinalDigit(text, start, end)) return undefined
  const [written] = PLUSGIRO.exec(text.slice(start, start + LONGEST_PLUSGIRO)) ?? []
  if (written === undefined) return undefined
  const digits = written.replaceAll(/\D/g, '')
  if (digits.length < 2 || digits.length > 8 || !luhn(digits)) return undefined
  const after = start + written.length
  if (isJoined(text, start, after) || !hasContext(text, start, PLUSGIRO_WORDS)) return undefined
  return { kind: 'plusgiro', start, end: after }
}

/** Groups of digits, a hyphen, and one digit: a glance, because most runs of digits are asked. */
function hasFinalDigit(text: string, start: number, end: number): boolean {
  let at = end
  const stop = start + LONGEST_PLUSGIRO
  while (at < stop && (text.charCodeAt(at) === SPACE || isDigit(text.charCodeAt(at)))) at++
  if (text.charCodeAt(at) !== HYPHEN) return false
  const last = text.charCodeAt(at + 1) === SPACE ? at + 2 : at + 1
  return isDigit(text.charCodeAt(last)) && !isDigit(text.charCodeAt(last + 1))
}

function findPlain({ text, start, end }: DigitRun): Candidate | undefined {
  const length = end - start
  if (length < 5 || length > 8 || isJoined(text, start, end)) return undefined
  const before = text.slice(Math.max(0, start - 24), start).toLowerCase()
  const [, name = ''] = NAMED.exec(before) ?? []
  if (name === '' || !luhn(text.slice(start, end))) return undefined
  if (name.startsWith('p')) return { kind: 'plusgiro', start, end }
  return length >= 7 ? { kind: 'bankgiro', start, end } : undefined
}

/** Part of something longer. */
function isJoined(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end)
  if (text.charCodeAt(start - 1) === HYPHEN || isWord(after)) return true
  return after === HYPHEN && isDigit(text.charCodeAt(end + 1))
}
