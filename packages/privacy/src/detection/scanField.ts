import { isSecretName, isSecretValue } from './candidates/findSecret.ts'
import type { TextFinding } from './Finding.ts'
import { scanText } from './scanText.ts'

/** Names that say what a number is, as words before it do in running text. */
const TELLING_NAME = /giro|^bg|^pg|tel|phone|mobil|fax|ocr/i

/** What is found in the text of a field of the given name. */
export function scanField(name: string, text: string): readonly TextFinding[] {
  if (name !== '' && isSecretName(name) && isSecretValue(text)) return [{ kind: 'secret', start: 0, end: text.length }]
  if (!TELLING_NAME.test(name)) return scanText(text)
  const prefix = `${name.slice(-24)}: `
  return scanText(prefix + text).flatMap((found) => {
    const [start, end] = [found.start - prefix.length, found.end - prefix.length]
    return end <= 0 ? [] : [{ ...found, start: Math.max(0, start), end }]
  })
}
