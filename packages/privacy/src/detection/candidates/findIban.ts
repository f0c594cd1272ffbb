import { getCountrySpecifications, isValidIBAN } from 'ibantools'

import type { Candidate } from '../Candidate.ts'
import { HYPHEN, isDigit, isLetter, isWord, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'

/** How many characters the IBANs of a country have. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars, IBANRegistry }]) =>
    IBANRegistry && chars ? [[country, chars] as const] : [],
  ),
)

/** `SE35 5000 …`: with and without single spaces or hyphens, in both cases, checked by length, form and remainder. */
export function findIban({ text, start }: DigitRun): Candidate | undefined {
  const from = start - 2
  if (!isLetter(text.charCodeAt(from)) || isWord(text.charCodeAt(from - 1)) || !isDigit(text.charCodeAt(start + 1))) {
    return undefined
  }
  const length = LENGTHS.get(text.slice(from, start).toUpperCase())
  if (length === undefined) return undefined
  let compact = ''
  let at = from
  for (; compact.length < length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code) || isLetter(code)) compact += text.charAt(at)
    else if ((code !== SPACE && code !== HYPHEN) || !isWord(text.charCodeAt(at + 1))) return undefined
  }
  if (isWord(text.charCodeAt(at)) || !isValidIBAN(compact.toUpperCase())) return undefined
  return { kind: 'iban', start: from, end: at }
}
