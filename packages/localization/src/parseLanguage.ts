import type { Language } from '@gradvis/kernel'

/** What a text is written in when nobody has asked for another language that there are texts in. */
export const DEFAULT_LANGUAGE: Language = 'sv'

/**
 * The language of a POSIX locale (`en_US.UTF-8`) or a BCP 47 tag (`en-GB`), whatever its case. Every other value is
 * Swedish: unknown languages, `C` and `POSIX`, an empty text and no text at all.
 */
export function parseLanguage(locale: string | undefined): Language {
  return /^en(?![a-z0-9])/i.test(locale?.trim() ?? '') ? 'en' : DEFAULT_LANGUAGE
}
