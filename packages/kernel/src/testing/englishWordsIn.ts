import { ENGLISH_WORDS } from './wordsOfMessages.ts'

/** Paths and names of fields are English wherever they are shown: `media.audio`, `<file>`, `listener: ska vara …`. */
const FIELD_NAMES = /<[\w-]+>|[\w-]+(?:\.[\w-]+)+|(?<=[:;] )[\w-]+(?=: )/g

/** The common English words that are left in a Swedish text. */
export function englishWordsIn(text: string): readonly string[] {
  return wordsIn(text).filter((word) => ENGLISH_WORDS.has(word))
}

/** The words of a text in lower case, without the names of fields. */
export function wordsIn(text: string): readonly string[] {
  const prose = text.replace(FIELD_NAMES, '')
  return prose.toLowerCase().match(/[\p{L}_-]+/gu) ?? []
}
