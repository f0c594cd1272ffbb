import type { Candidate } from '../Candidate.ts'
import { findAssignedSecret } from './findSecret.ts'
import { findIPv6 } from './findIPv6.ts'

/** A colon stands after the name of a secret, or in an IPv6 address. */
export function findAtColon(text: string, at: number, found: Candidate[]): number {
  const next = findAssignedSecret(text, at, found)
  if (next > at + 1) return next
  return findIPv6(text, at, found)
}
