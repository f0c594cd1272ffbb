import { readFileSync } from 'node:fs'

import type { LocalizedText } from '@gradvis/kernel'

import { cliErrors } from '../cliErrors.ts'

/** A file, or standard input for `-`. Throws `cli.unreadable_file`. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    const { code = 'EIO' } = cause as NodeJS.ErrnoException
    throw cliErrors.create('unreadable_file', { file, cause: code }, { cause })
  }
}

/** What a file holds as JSON. Throws `cli.invalid_json` too. */
export function readJson(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw cliErrors.create('invalid_json', { file, cause: placeIn((cause as Error).message) }, { cause })
  }
}

/** Where JSON ends to be JSON. The parser's message is English; all that is taken from it is the place, if it has one. */
function placeIn(message: string): LocalizedText {
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? []
  if (line === undefined)
    return { sv: 'den slutar för tidigt, eller är något annat', en: 'it ends too early, or is something else' }
  return { sv: `rad ${line}, tecken ${column ?? ''}`, en: `line ${line}, character ${column ?? ''}` }
}
