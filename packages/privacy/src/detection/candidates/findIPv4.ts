import { BlockList, isIPv4 } from 'node:net'

import type { Candidate } from '../Candidate.ts'
import { DOT, HYPHEN, isDigit, isWord } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'
import { hasContext } from './hasContext.ts'

const LONGEST = 15

/** Loopback, unspecified, broadcast and what RFC 5737 keeps for documentation: nobody's address. */
const NOBODYS = new BlockList()
NOBODYS.addSubnet('127.0.0.0', 8)
NOBODYS.addSubnet('0.0.0.0', 8)
NOBODYS.addSubnet('192.0.2.0', 24)
NOBODYS.addSubnet('198.51.100.0', 24)
NOBODYS.addSubnet('203.0.113.0', 24)
NOBODYS.addAddress('255.255.255.255')

const NUMBERED =
  /(?:\bv|version(?:en)?|ver\.?|release|utgåva|avsnitt|kapitel|kap\.?|punkt(?:en)?|bilaga|stycke|mom\.|§)[\s:]*$/

export function findIPv4({ text, start, end }: DigitRun): Candidate | undefined {
  if (text.charCodeAt(end) !== DOT || !isDigit(text.charCodeAt(end + 1))) return undefined
  const before = text.charCodeAt(start - 1)
  if (before === HYPHEN || (before === DOT && isWord(text.charCodeAt(start - 2)))) return undefined
  const [address] = /^\d{1,3}(?:\.\d{1,3}){3}/.exec(text.slice(start, start + LONGEST)) ?? []
  if (address === undefined || !isIPv4(address) || isContinued(text, start + address.length)) return undefined
  if (isNumbering(address) || NOBODYS.check(address) || hasContext(text, start, NUMBERED, 16)) return undefined
  return { kind: 'ipv4', start, end: start + address.length }
}

function isContinued(text: string, end: number): boolean {
  const after = text.charCodeAt(end)
  return isWord(after) || ((after === DOT || after === HYPHEN) && isWord(text.charCodeAt(end + 1)))
}

/** Four single digits are a section or a version. Of addresses, one in 400,000 has that form. */
function isNumbering(address: string): boolean {
  return address.length === 7
}
