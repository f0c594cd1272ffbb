import type { Candidate } from '../Candidate.ts'
import { HYPHEN, isDigit, isWord, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { hasContext } from './hasContext.ts'
import { luhn } from './luhn.ts'

const BANKGIRO_WORDS = /bankgiro|bankg\.|\bbg\b|\bbgnr\b|\bgiro/
const PLUSGIRO_WORDS = /plusgiro|postgiro|plusg\.|\bpg\b|\bpgnr\b|\bgiro/
const PLUSGIRO = /^(?:\d{1,3}(?: \d{1,3}){0,3}|\d{1,7})-\d(?!\d)/

/**
 * Numbers of bankgiro and plusgiro, where words before them say so: periods of years (`2023-2024`) and case numbers
 * have the same form, and one in ten has the check digit.
 */
export function findGiro(run: DigitRun): Candidate | undefined {
  return findBankgiro(run) ?? findPlusgiro(run)
}

function findBankgiro({ text, start, end }: DigitRun): Candidate | undefined {
  const length = end - start
  if (length !== 3 && length !== 4) return undefined
  if (text.charCodeAt(end) !== HYPHEN || !isDigit(text.charCodeAt(end + 4))) return undefined
  const after = end + 5
  const digits = text.slice(start, end) + text.slice(end + 1, after)
  if (!/^\d{7,8}$/.test(digits) || isJoined(text, start, after) || !luhn(digits)) return undefined
  return hasContext(text, start, BANKGIRO_WORDS) ? { kind: 'bankgiro', start, end: after } : undefined
}

function findPlusgiro({ text, start, end }: DigitRun): Candidate | undefined {
  const next = text.charCodeAt(end)
  if (next !== HYPHEN && !(next === SPACE && isDigit(text.charCodeAt(end + 1)))) return undefined
  const [written] = PLUSGIRO.exec(text.slice(start, start + 12)) ?? []
  if (written === undefined) return undefined
  const digits = written.replaceAll(/\D/g, '')
  if (digits.length < 2 || digits.length > 8 || !luhn(digits)) return undefined
  const after = start + written.length
  if (isJoined(text, start, after) || !hasContext(text, start, PLUSGIRO_WORDS)) return undefined
  return { kind: 'plusgiro', start, end: after }
}

/** Part of something longer. */
function isJoined(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end)
  if (text.charCodeAt(start - 1) === HYPHEN || isWord(after)) return true
  return after === HYPHEN && isDigit(text.charCodeAt(end + 1))
}
