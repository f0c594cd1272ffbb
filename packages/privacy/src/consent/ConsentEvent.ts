import type { ConsentPurpose } from './Consent.ts'

export const CONSENT_CHANGES = ['given', 'withdrawn', 'expired'] as const
export type ConsentChange = (typeof CONSENT_CHANGES)[number]

/** One change of what one participant agrees to. The last of a purpose says how that purpose stands. */
export type ConsentEvent = Readonly<{
  change: ConsentChange
  purpose: ConsentPurpose
  /** Which wording it is about. */
  version: string
  /** When it took effect, in milliseconds since the epoch; never later than when it was recorded. */
  at: number
  /** When its sender said it was given, where that was later than it was recorded: what its copies are known by. */
  claimedAt?: number | undefined
}>
