import type { ConsentPurpose } from './Consent.ts'

/** What a consent needs, to be enough for a purpose. */
export type ConsentTerms = Readonly<{
  /** Counted from when it was given. Absent: until it is withdrawn. */
  validForMs?: number | undefined
  /** The wordings that suffice. Absent: any. Leave an older one out and those who agreed to it are asked again. */
  versions?: readonly string[] | undefined
}>

export type ConsentPolicy = Readonly<Partial<Record<ConsentPurpose, ConsentTerms>>>

const DAY_MS = 24 * 60 * 60 * 1000

/** A consent to being recorded is for a meeting and not for life; sound and picture end with the connection anyway. */
export const DEFAULT_CONSENT_POLICY: ConsentPolicy = { recording: { validForMs: DAY_MS } }
