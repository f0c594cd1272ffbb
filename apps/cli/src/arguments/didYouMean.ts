import type { LocalizedText } from '@gradvis/kernel'

/** A sentence to append to an error, or nothing. */
export function didYouMean(name: string | undefined): LocalizedText {
  return name === undefined ? { sv: '', en: '' } : { sv: ` Menade du ${name}?`, en: ` Did you mean ${name}?` }
}
