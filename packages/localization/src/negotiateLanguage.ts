import { type Language, LANGUAGES } from '@gradvis/kernel'

import { DEFAULT_LANGUAGE } from './parseLanguage.ts'

type Range = Readonly<{ language: string; quality: number }>

const RANGE = /^([a-z]{1,8}|\*)(?:-[a-z0-9-]+)?(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

/**
 * The language to answer in, by an Accept-Language header (RFC 9110 §12.5.4): the highest q value wins, among equals
 * the one listed first, `q=0` refuses, `*` stands for the languages not listed. Entries that make no sense are passed
 * over. Swedish when nothing matches: an answer in some language is more use than none.
 */
export function negotiateLanguage(acceptLanguage: string | undefined): Language {
  const ranges = (acceptLanguage ?? '').split(',').flatMap(rangeOf)
  const [best] = candidatesIn(ranges)
    .map((language) => ({ language, quality: qualityOf(language, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return best?.language ?? DEFAULT_LANGUAGE
}

function rangeOf(entry: string): readonly Range[] {
  const [matched, language, quality] = RANGE.exec(entry.trim()) ?? []
  return matched === undefined ? [] : [{ language: (language as string).toLowerCase(), quality: Number(quality ?? 1) }]
}

/** Listed ones first and in their order, so that a stable sort by quality leaves ties as the client put them. */
function candidatesIn(ranges: readonly Range[]): Language[] {
  const listed = ranges.flatMap(({ language }) => LANGUAGES.filter((known) => known === language))
  return [...new Set([...listed, ...LANGUAGES])]
}

/** A regional range (`en-GB`) speaks for its language; of several the kindest counts. */
function qualityOf(language: Language, ranges: readonly Range[]): number {
  const named = ranges.filter((range) => range.language === language)
  const deciding = named.length > 0 ? named : ranges.filter((range) => range.language === '*')
  return Math.max(0, ...deciding.map(({ quality }) => quality))
}
