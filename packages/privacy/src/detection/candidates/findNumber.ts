import type { Candidate } from '../Candidate.ts'
import { endOfDigits, isDigit, isLetter, isWord } from '../characters.ts'
import { findGiro } from './findGiro.ts'
import { findIban } from './findIban.ts'
import { findIPv4 } from './findIPv4.ts'
import { findPaymentCard } from './findPaymentCard.ts'
import { findPersonnummer } from './findPersonnummer.ts'
import { findPhone } from './findPhone.ts'
import { findStreetAddress } from './findStreetAddress.ts'

/** Longer runs of digits are no number of anybody. */
const LONGEST_RUN = 40

/** Everything that begins with a run of digits, or has one where it is recognized. */
export function findNumber(text: string, start: number, found: Candidate[]): number {
  const before = text.charCodeAt(start - 1)
  const end = endOfDigits(text, start, LONGEST_RUN)
  if (isDigit(before)) return end
  const run = { text, start, end, isGlued: isWord(before) }
  add(findPersonnummer(run), found)
  if (isLetter(before)) add(findIban(run), found)
  if (run.isGlued) return end
  const length = end - start
  if (length >= 4) add(findPaymentCard(run), found)
  if (length <= 8) add(findGiro(run), found)
  if (length <= 3) add(findIPv4(run), found)
  if (length === 3 || length === 5) add(findStreetAddress(run), found)
  add(findPhone(run), found)
  return end
}

function add(candidate: Candidate | undefined, found: Candidate[]): void {
  if (candidate !== undefined) found.push(candidate)
}
