export const CONSENT_PURPOSES = ['audio', 'video', 'recording'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

/** What one participant agrees to. Nothing is implied: recording is no part of audio. */
export type Consent = Readonly<{
  purposes: readonly ConsentPurpose[]
  /** Which wording was agreed to. */
  version: string
  /** Milliseconds since the epoch. */
  givenAt: number
}>
