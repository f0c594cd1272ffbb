import type { Candidate } from '../Candidate.ts'
import { DOT, endOfDigits, HYPHEN, isDigit, isWord, PLUS, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { Organisationsnummer, Personnummer } from './identityNumbers.ts'
import { luhn } from './luhn.ts'

type Written = Readonly<{ date: string; rest: string; sign: '' | '-' | '+'; end: number }>

/**
 * A personnummer or samordningsnummer in any form in which they are written, or the number of a sole trader's business,
 * which is its owner's: with 16 as the century, or as VAT number `SE…01`.
 */
export function findPersonnummer(run: DigitRun): Candidate | undefined {
  const { text, start } = run
  const written = readForm(run)
  if (written === undefined) return findVatNumber(run)
  const { date, rest, end } = written
  if (!mayBeDate(date) || !luhn(date.slice(-6) + rest)) return findVatNumber(run)
  if (isDigit(text.charCodeAt(end)) || isPartOfOther(run, written)) return undefined
  if (date.length === 8 && date.startsWith('16')) return soleTrader(date.slice(2) + rest, start, end)
  return findVatNumber(run) ?? ofPerson(written, start)
}

function ofPerson({ date, sign, rest, end }: Written, start: number): Candidate | undefined {
  const number = `${date}${sign}${rest}`
  if (!Personnummer.valid(number)) return undefined
  const kind = Number(date.slice(-2)) > 60 ? 'samordningsnummer' : 'personnummer'
  return isMistakable({ date, sign, rest, end }) ? { kind, start, end, mistakable: true } : { kind, start, end }
}

/** Plain ten digits, which one in 300 numbers of any kind look like; or a day of this century and a time of day. */
function isMistakable({ date, sign, rest }: Written): boolean {
  if (date.length === 6) return sign === ''
  return date.startsWith('20') && sign !== '+' && /^(?:[01]\d|2[0-3])[0-5]\d$/.test(rest)
}

function soleTrader(number: string, start: number, end: number): Candidate | undefined {
  const isPersons = Organisationsnummer.valid(number) && Organisationsnummer.parse(number).isPersonnummer()
  return isPersons ? { kind: 'organisationsnummer', start, end } : undefined
}

function readForm({ text, start, end }: DigitRun): Written | undefined {
  const length = end - start
  if (length === 10 || length === 12) {
    return { date: text.slice(start, end - 4), rest: text.slice(end - 4, end), sign: '', end }
  }
  if (length === 6 || length === 8) return readRest(text, start, end)
  if (length !== 4 || text.charCodeAt(end) !== HYPHEN || !isDigit(text.charCodeAt(end + 7))) return undefined
  return DASHED_DATE.test(text.slice(start, start + 11)) ? readRest(text, start, start + 10) : undefined
}

const DASHED_DATE = /^\d{4}-\d\d-\d\d[-+]/

/** Sign and last four digits, with spaces or the end of a line between: ` - 1234`. */
function readRest(text: string, start: number, dateEnd: number): Written | undefined {
  let at = dateEnd
  let sign: Written['sign'] = ''
  for (; at < dateEnd + 4; at++) {
    const code = text.charCodeAt(at)
    if (sign === '' && (code === HYPHEN || code === PLUS)) sign = code === PLUS ? '+' : '-'
    else if (code !== SPACE && !(sign !== '' && (code === 10 || code === 13))) break
  }
  const end = endOfDigits(text, at, 5)
  if (at === dateEnd || end - at !== 4) return undefined
  return { date: text.slice(start, dateEnd).replaceAll('-', ''), rest: text.slice(at, end), sign, end }
}

/** `YYMMDD` or `YYYYMMDD`, the day plus 60 in a samordningsnummer. The library decides which days there are. */
function mayBeDate(date: string): boolean {
  const month = Number(date.slice(-4, -2))
  const day = Number(date.slice(-2)) % 60
  const hasCentury = date.length === 6 || ['16', '18', '19', '20'].includes(date.slice(0, 2))
  return hasCentury && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

const UNIT = /^ ?(?:byte|bytes|b|kb|mb|gb|kib|mib|gib|ms|μs|ns|kr|kronor|sek|eur|euro|usd|st|%)(?![a-zåäö])/

/** Digits that are a fraction, an amount, a size, or stand in a digest or a UUID. */
function isPartOfOther({ text, start }: DigitRun, { sign, end, rest, date }: Written): boolean {
  const isPlain = sign === '' && end - start === date.length + rest.length
  if (isPlain && (isFraction(text, start, end) || isSecurity(text, start, date))) return true
  if (!isPlain && isFollowedByMonth(text, end)) return true
  if (isPlain && UNIT.test(text.slice(end, end + 9).toLowerCase())) return true
  return isInDigest(text, start, end)
}

/** ISIN: two capital letters and ten digits. */
function isSecurity(text: string, start: number, date: string): boolean {
  return date.length === 6 && /(?<![A-Z])[A-Z]{2}$/.test(text.slice(Math.max(0, start - 3), start))
}

/** From one date to another: `2024-01-15–2025-02-01`. */
function isFollowedByMonth(text: string, end: number): boolean {
  return text.charCodeAt(end) === HYPHEN && isDigit(text.charCodeAt(end + 1)) && isDigit(text.charCodeAt(end + 2))
}

function isFraction(text: string, start: number, end: number): boolean {
  const isAfterPoint = text.charCodeAt(start - 1) === DOT && isDigit(text.charCodeAt(start - 2))
  return isAfterPoint || (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1)))
}

/** Longest token that is read around a number: of 64 characters is a SHA-256. */
const TOKEN_REACH = 64
const HEX_DIGEST = /^[0-9a-f-]{20,}$/i
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

function isInDigest(text: string, start: number, end: number): boolean {
  if (!isJoined(text.charCodeAt(start - 1)) && !isJoined(text.charCodeAt(end))) return false
  let [from, to] = [start, end]
  while (from > start - TOKEN_REACH && isJoined(text.charCodeAt(from - 1))) from--
  while (to < end + TOKEN_REACH && isJoined(text.charCodeAt(to))) to++
  const token = text.slice(from, to)
  return UUID.test(token) || (HEX_DIGEST.test(token) && /[a-f]/i.test(token))
}

function isJoined(code: number): boolean {
  return code === HYPHEN || isWord(code)
}

const VAT = /^(\d{6}[- ]?\d{4})[- ]?01(?!\d)/

function findVatNumber({ text, start, end, isGlued }: DigitRun): Candidate | undefined {
  const length = end - start
  if (length !== 6 && length !== 10 && length !== 12) return undefined
  const country = isGlued ? start - 2 : start - 3
  if (text.charCodeAt(country) !== 83 || text.charCodeAt(country + 1) !== 69) return undefined
  if (isWord(text.charCodeAt(country - 1))) return undefined
  const [all, written] = VAT.exec(text.slice(start, start + 16)) ?? []
  if (all === undefined || written === undefined) return undefined
  return soleTrader(written.replaceAll(/\D/g, ''), country, start + all.length)
}
