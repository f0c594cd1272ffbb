import { readFileSync } from 'node:fs'

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
    throw cliErrors.create('invalid_json', { file, cause: (cause as Error).message }, { cause })
  }
}
