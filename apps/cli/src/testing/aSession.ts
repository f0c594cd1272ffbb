import { PassThrough } from 'node:stream'

import { type Clock, type Language, systemClock } from '@gradvis/kernel'

import type { Session } from '../Session.ts'
import { Terminal } from '../terminal/Terminal.ts'
import { createTexts } from '../texts/cliMessages.ts'

type Parts = Readonly<{
  isTerminal?: boolean
  language?: Language
  clock?: Clock
  env?: Readonly<Record<string, string>>
  columns?: number
}>

/** A session whose streams a test reads and writes. */
export function aSession({
  isTerminal = false,
  language = 'en',
  clock = systemClock,
  env = {},
  columns = 200,
}: Parts = {}) {
  const interrupt = new AbortController()
  const screen = isTerminal ? { isTTY: true, columns, rows: 50 } : {}
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()].map((stream) =>
    Object.assign(stream, screen),
  ) as [PassThrough, PassThrough, PassThrough]
  const session: Session = {
    env,
    language,
    texts: createTexts(language),
    clock,
    terminal: new Terminal({ stdin, stdout, stderr }, env),
    signal: interrupt.signal,
    endOnSignal: () => {},
    userName: 'tester',
  }
  return { session, stdin, stdout: collected(stdout), stderr: collected(stderr), interrupt: () => interrupt.abort() }
}

/** All that was written so far. */
function collected(stream: PassThrough): () => string {
  let all = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => (all += chunk))
  return () => all
}
