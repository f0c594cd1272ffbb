import { createReadStream } from 'node:fs'

import { cliErrors } from '../cliErrors.ts'

const STANDARD_INPUT = 0

/** The lines of a file, or of standard input for `-`, one after the other. Throws `cli.unreadable_file`. */
export async function* linesOf(file: string, signal: AbortSignal): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunksOf(file, signal)) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

async function* chunksOf(file: string, signal: AbortSignal): AsyncGenerator<string> {
  const options = { encoding: 'utf8', signal } as const
  const input =
    file === '-' ? createReadStream('', { ...options, fd: STANDARD_INPUT }) : createReadStream(file, options)
  try {
    let isFirst = true
    for await (const chunk of input as AsyncIterable<string>) {
      yield isFirst ? chunk.replace(/^\uFEFF/, '') : chunk
      isFirst = false
    }
  } catch (cause) {
    signal.throwIfAborted()
    const { code = 'EIO' } = cause as NodeJS.ErrnoException
    throw cliErrors.create('unreadable_file', { file, cause: code }, { cause })
  }
}
