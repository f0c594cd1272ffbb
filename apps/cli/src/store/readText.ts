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
