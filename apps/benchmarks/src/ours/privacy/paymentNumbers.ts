import { ibanDigits, luhnDigit } from './checkDigits.ts'
import type { SeededRandom } from './SeededRandom.ts'

const LETTERS = 'ABCDEFGHKLMNPRSTWY'

/** The account by country, with the check digit that some countries put into it. */
const IBAN_ACCOUNTS: Readonly<Record<string, (random: SeededRandom) => string>> = {
  SE: (random) => random.digits(20),
  NO: norwegianAccount,
  FI: (random) => completed(random.digits(13)),
  DK: (random) => random.digits(14),
  DE: (random) => random.digits(18),
  GB: (random) => random.text(4, LETTERS) + random.digits(14),
  IE: (random) => random.text(4, LETTERS) + random.digits(14),
  AT: (random) => random.digits(16),
}

/** Ten digits and one that completes them modulo 11; where none does, the account is not issued. */
function norwegianAccount(random: SeededRandom): string {
  for (;;) {
    const digits = random.digits(10)
    const sum = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${digits}${check}`
  }
}

function completed(digits: string): string {
  return digits + luhnDigit(digits)
}

/** As it is printed, in groups of four, or as it is copied. Half of them Swedish. */
export function iban(random: SeededRandom): string {
  const country = random.pick(['SE', random.pick(Object.keys(IBAN_ACCOUNTS))])
  const account = (IBAN_ACCOUNTS[country] as (random: SeededRandom) => string)(random)
  const whole = `${country}${ibanDigits(country, account)}${account}`
  return random.pick([
    whole,
    grouped(whole, ' '),
    grouped(whole, ' '),
    grouped(whole, '\u00a0'),
    grouped(whole, '\u202f'),
    whole.toLowerCase(),
  ])
}

/** Seven or eight digits, the last a check digit. */
export function bankgiro(random: SeededRandom): string {
  const digits = random.int(1, 9) + random.digits(random.pick([5, 6]))
  const whole = completed(digits)
  const [first, last] = [whole.slice(0, -4), whole.slice(-4)]
  return random.pick([
    `${first}-${last}`,
    `${first}-${last}`,
    `${first}-${last}`,
    whole,
    `${first} - ${last}`,
    `${first}–${last}`,
  ])
}

/** Two to eight digits, the check digit after the hyphen, in pairs from the right. */
export function plusgiro(random: SeededRandom): string {
  const digits = random.int(1, 9) + random.digits(random.int(4, 6))
  const pairs = digits.replace(/\B(?=(\d\d)+$)/g, ' ')
  const check = luhnDigit(digits)
  return random.pick([`${pairs}-${check}`, `${pairs}-${check}`, `${pairs} - ${check}`, `${digits}-${check}`])
}

/** Visa, both ranges of Mastercard, and American Express with its groups of four, six and five. */
export function paymentCard(random: SeededRandom): string {
  const separator = random.pick(['', ' ', ' ', '-', '\u00a0', '.'])
  if (random.isOneIn(6)) {
    const digits = random.pick(['34', '37']) + random.digits(12)
    const whole = completed(digits)
    return [whole.slice(0, 4), whole.slice(4, 10), whole.slice(10)].join(separator)
  }
  const prefix = random.pick(['4', '4', String(random.int(51, 55)), String(random.int(2221, 2720))])
  const digits = prefix + random.digits(15 - prefix.length)
  return grouped(completed(digits), separator)
}

export function grouped(text: string, separator: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(separator)
}
