import type { ConsentPurpose } from './Consent.ts'
import type { ConsentEvent } from './ConsentEvent.ts'
import type { ConsentTerms } from './ConsentPolicy.ts'

/** How a purpose stands. Only `given` allows anything. Times are milliseconds since the epoch. */
export type ConsentState = Readonly<
  | { status: 'none' }
  | { status: 'given'; version: string; givenAt: number; expiresAt?: number }
  /** Given to a wording that does not suffice any more. */
  | { status: 'outdated'; version: string; givenAt: number }
  | { status: 'withdrawn'; version: string; at: number }
  | { status: 'expired'; version: string; at: number }
>

/**
 * How a purpose stands at `now`, by one participant's events in the order they were recorded. A consent is over at
 * the millisecond that it expires. One that was noted as expired stays so, though the clock be set back.
 */
export function consentState(
  events: readonly ConsentEvent[],
  purpose: ConsentPurpose,
  terms: ConsentTerms,
  now: number,
): ConsentState {
  const last = events.findLast((event) => event.purpose === purpose)
  if (!last) return { status: 'none' }
  const { change, version, at } = last
  if (change !== 'given') return { status: change, version, at }
  const expiresAt = terms.validForMs === undefined ? undefined : at + terms.validForMs
  if (expiresAt !== undefined && now >= expiresAt) return { status: 'expired', version, at: expiresAt }
  if (terms.versions && !terms.versions.includes(version)) return { status: 'outdated', version, givenAt: at }
  return { status: 'given', version, givenAt: at, ...(expiresAt !== undefined && { expiresAt }) }
}
