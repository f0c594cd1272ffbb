import { BlockList, isIPv6 } from 'node:net'

import type { Candidate } from '../Candidate.ts'
import { COLON, DOT, isDigit, isWord } from '../characters.ts'

const LONGEST = 45
const LONGEST_GROUP = 4

/** Loopback, unspecified, multicast and what RFC 3849 and RFC 9637 keep for documentation: nobody's address. */
const NOBODYS = new BlockList()
NOBODYS.addAddress('::', 'ipv6')
NOBODYS.addAddress('::1', 'ipv6')
NOBODYS.addSubnet('ff00::', 8, 'ipv6')
NOBODYS.addSubnet('2001:db8::', 32, 'ipv6')
NOBODYS.addSubnet('3fff::', 20, 'ipv6')

/** `at` is a colon; an address is looked for at its first one. */
export function findIPv6(text: string, at: number, found: Candidate[]): number {
  const after = text.charCodeAt(at + 1)
  if (after !== COLON && !isHex(after)) return at + 1
  let start = at
  while (start > at - LONGEST_GROUP - 1 && isHex(text.charCodeAt(start - 1))) start--
  const before = text.charCodeAt(start - 1)
  if (at - start > LONGEST_GROUP || isWord(before) || before === COLON || before === DOT) return at + 1
  const end = endOfAddress(text, at)
  const address = text.slice(start, end)
  if (
    address.indexOf(':', at - start + 1) < 0 ||
    !/\d/.test(address) ||
    !isIPv6(address) ||
    NOBODYS.check(address, 'ipv6')
  )
    return at + 1
  found.push({ kind: 'ipv6', start, end })
  return end
}

/** Behind the last hexadecimal digit or colon, without the point or colon that ends a sentence or a host. */
function endOfAddress(text: string, at: number): number {
  let end = at
  const stop = at + LONGEST
  while (end < stop && isPart(text.charCodeAt(end))) end++
  while (end > at && text.charCodeAt(end - 1) === DOT) end--
  if (text.charCodeAt(end - 1) === COLON && text.charCodeAt(end - 2) !== COLON) end--
  return isWord(text.charCodeAt(end)) ? at : end
}

function isPart(code: number): boolean {
  return isHex(code) || code === COLON || code === DOT
}

function isHex(code: number): boolean {
  const lower = code | 32
  return isDigit(code) || (lower >= 97 && lower <= 102)
}
