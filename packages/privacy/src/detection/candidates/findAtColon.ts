import type { Candidate } from '../Candidate.ts'
import { findAssignedSecret, findWebhook } from './findSecret.ts'
import { findIPv6 } from './findIPv6.ts'

/** A colon stands after the name of a secret, after the scheme of a URL, or in an IPv6 address. */
export function findAtColon(text: string, at: number, found: Candidate[]): number {
  const next = findAssignedSecret(text, at, found)
  if (next > at + 1) return next
  if (text.startsWith('//', at + 1)) return findWebhook(text, at, found)
  return findIPv6(text, at, found)
}
