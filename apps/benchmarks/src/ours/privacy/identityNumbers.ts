import { luhnDigit } from './checkDigits.ts'
import type { SeededRandom } from './SeededRandom.ts'

/** The last year that a generated person can be born in, and the first to be a hundred years away: constants, so that a seed gives one corpus for ever. */
const LAST_YEAR = 2024
const LAST_HUNDRED = 1925
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

type Parts = Readonly<{ year: number; date: string; last: string }>

/** Every way in which a personnummer is written by hand or by a program (Skatteverket SKV 704; dashes of word processors). */
export function personnummer(random: SeededRandom): string {
  return written(random, 0)
}

/** The day is 61 to 91. */
export function samordningsnummer(random: SeededRandom): string {
  return written(random, 60)
}

/** The number of a sole trader is the owner's own. Ten digits, or a VAT number. */
export function soleTraderNumber(random: SeededRandom): string {
  const { date, last } = parts(random, random.int(1940, 2004), 0)
  return `${date.slice(2)}-${last}`
}

export function soleTraderVatNumber(random: SeededRandom): string {
  const { date, last } = parts(random, random.int(1940, 2004), 0)
  const separator = random.pick(['', '', ' '])
  return ['SE', `${date.slice(2)}${last}`, '01'].join(separator)
}

/** Of a company or association: the third digit is at least 2, so that it is nobody's date of birth. */
export function companyNumber(random: SeededRandom): string {
  const first = `${random.pick(['2', '5', '7', '8', '9'])}${random.digits(1)}${random.int(2, 9)}${random.digits(3)}`
  const serial = random.digits(3)
  return `${first}-${serial}${luhnDigit(first + serial)}`
}

function written(random: SeededRandom, addedDays: number): string {
  const isOld = random.isOneIn(25)
  const year = isOld ? random.int(1905, LAST_HUNDRED - 1) : random.int(LAST_HUNDRED + 1, LAST_YEAR)
  const { date, last } = parts(random, year, addedDays)
  if (isOld) return `${date.slice(2)}+${last}`
  const dated = random.pick([date, date.slice(2)])
  return `${dated}${random.pick(random.isOneIn(4) ? RARE_SEPARATORS : USUAL_SEPARATORS)}${last}`
}

/** Hyphen and nothing are usual, the others what keyboards, word processors and scanners make of a hyphen. */
const USUAL_SEPARATORS = ['-', '-', '-', '-', '', '', ' ', '–']
const RARE_SEPARATORS = [' - ', ' -', '- ', '—', '\u2011', '\u2212', '\u00a0']

function parts(random: SeededRandom, year: number, addedDays: number): Parts {
  const month = random.int(1, 12)
  const day = random.int(1, DAYS[month - 1] as number) + addedDays
  const date = `${year}${two(month)}${two(day)}`
  const serial = String(random.int(1, 999)).padStart(3, '0')
  return { year, date, last: serial + luhnDigit(date.slice(2) + serial) }
}

export function two(value: number): string {
  return String(value).padStart(2, '0')
}
