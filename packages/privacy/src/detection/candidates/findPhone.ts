import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

import type { Candidate } from '../Candidate.ts'
import { COLON, DIGIT_ZERO, DOT, HYPHEN, isDigit, isWord, PLUS } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { hasContext } from './hasContext.ts'

const PHONE_WORDS =
  /telefon|\btel\b|\btfn\b|mobil|\bmob\b|\bring\b|ringa|\bnås\b|\bsms|\bfax|växel|\bphone|\bcall\b|direktnr|jour/
const LONGEST = 32
const OPENING = 40
const COMMA = 44
const SLASH = 47
const MONEY = /^ ?(?:kr\b|kronor|sek\b|eur\b|euro|€|%|procent|tkr|mkr|msek|poäng|grader|°)/i

/** Swedish numbers by trunk prefix, others by `+` or `00`; whether there can be such a number the library knows. */
export function findPhone(run: DigitRun): Candidate | undefined {
  const { text, start, end } = run
  if (text.charCodeAt(start - 1) === PLUS) return findInternational(run, start - 1)
  if (text.charCodeAt(start) !== DIGIT_ZERO || isContinuing(text, start)) return undefined
  if (text.charCodeAt(start + 1) === DIGIT_ZERO) return end - start >= 3 ? findInternational(run, start) : undefined
  return findNational(run)
}

/** Right behind another number: of a date, a time, an amount, a case. */
function isContinuing(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  const isSign = before === HYPHEN || before === DOT || before === COLON || before === SLASH || before === COMMA
  return isSign && isWord(text.charCodeAt(start - 2))
}

const INTERNATIONAL = /^(?:\+|00)[1-9]\d{0,14}(?:(?:[ -]{1,3}|\.|[ -]?\(0\)[ -]?|[ -]?\(\d{1,4}\)[ -]?)\d{1,12}){0,7}/
const FEWEST_DIGITS = 8
const MOST_DIGITS = 15

function findInternational({ text }: DigitRun, from: number): Candidate | undefined {
  if (isWord(text.charCodeAt(from - 1)) || text.charCodeAt(from - 1) === PLUS) return undefined
  const isPlus = text.charCodeAt(from) === PLUS
  let [written = ''] = INTERNATIONAL.exec(text.slice(from, from + LONGEST)) ?? []
  for (let tries = isPlus ? 4 : 2; tries > 0 && written !== ''; tries--) {
    const digits = digitsOf(written).length - (isPlus ? 0 : 2)
    if (digits < FEWEST_DIGITS) return undefined
    const end = from + written.length
    const isWhole = !isWord(text.charCodeAt(end)) && !MONEY.test(text.slice(end, end + 9))
    if (isWhole && digits <= MOST_DIGITS && isCallable(written, isPlus)) return { kind: 'phone', start: from, end }
    written = withoutLastGroup(written)
  }
  return undefined
}

/** Behind a `+` the length is enough: numbers that are only meant for films are written so too. */
function isCallable(written: string, isPlus: boolean): boolean {
  const number = parsePhoneNumberFromString(written.replace('(0)', ''), 'SE')
  return number !== undefined && (isPlus ? number.isPossible() : number.isValid())
}

/** An area or mobile prefix, a sign or space, and groups of two or three digits; or all of the rest in one. */
const NATIONAL = [
  /^0\d{1,3}(?: ?- ?|\/| )\d{2,3}(?: \d{2,3}){1,3}(?!\d)/,
  /^0\d{1,3}(?: ?- ?|\/)(?:\d{5,8}|\d{3,4} \d{4})(?!\d)/,
  /^0\d{1,3} \d{5,8}(?!\d)/,
  /^0\d{1,3}\) ?\d{2,3}(?: ?\d{2,3}){1,3}(?!\d)/,
  /^07\d\.\d{3}\.\d{2}\.\d{2}(?!\d)/,
]
const MOBILE = /^07[02369]\d{7}$/
const FEWEST_NATIONAL = 8
const MOST_NATIONAL = 10

function findNational(run: DigitRun): Candidate | undefined {
  const { text, start, end } = run
  const length = end - start
  if (length > 4) return findUngrouped(run)
  if (length < 2) return undefined
  const window = text.slice(start, start + LONGEST)
  for (const form of NATIONAL) {
    let written = form.exec(window)?.[0] ?? ''
    while (digitsOf(written).length > MOST_NATIONAL) written = withoutLastGroup(written)
    if (!form.test(written) || digitsOf(written).length < FEWEST_NATIONAL || !isNational(run, written)) continue
    const opening = written.includes(')') && text.charCodeAt(start - 1) === OPENING ? 1 : 0
    return { kind: 'phone', start: start - opening, end: start + written.length }
  }
  return undefined
}

function isNational({ text, start }: DigitRun, written: string): boolean {
  const end = start + written.length
  const after = text.charCodeAt(end)
  if (isWord(after) || MONEY.test(text.slice(end, end + 9))) return false
  if ((after === HYPHEN || after === SLASH) && isDigit(text.charCodeAt(end + 1))) return false
  const isAmount = isDigit(text.charCodeAt(start - 2)) && /^0\d\d(?: \d{3})+$/.test(written)
  return !isAmount && isSwedish(written)
}

function findUngrouped({ text, start, end }: DigitRun): Candidate | undefined {
  const length = end - start
  if (length < 8 || length > 10 || isWord(text.charCodeAt(end))) return undefined
  const written = text.slice(start, end)
  if (text.charCodeAt(end) === HYPHEN && isDigit(text.charCodeAt(end + 1))) return undefined
  if (!MOBILE.test(written) && !hasContext(text, start, PHONE_WORDS, 24)) return undefined
  return isSwedish(written) ? { kind: 'phone', start, end } : undefined
}

function isSwedish(written: string): boolean {
  const number = parsePhoneNumberFromString(written, 'SE')
  return number !== undefined && number.isValid()
}

function digitsOf(written: string): string {
  return written.replaceAll(/\D/g, '')
}

/** An empty text when there is only one group. */
function withoutLastGroup(written: string): string {
  return /^(.*\d)\D+\d+$/.exec(written)?.[1] ?? ''
}
