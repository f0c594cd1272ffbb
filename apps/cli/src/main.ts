import { userInfo } from 'node:os'

import { systemClock } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'

import { run } from './run.ts'
import { Terminal } from './terminal/Terminal.ts'
import { createTexts } from './texts/cliMessages.ts'

const { env, stdin, stdout, stderr } = process

/** Aborted by the first Ctrl+C, so that everything is put away; the second one ends the process at once. */
const interruption = new AbortController()
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
for (const signal of SIGNALS) process.once(signal, () => interruption.abort())

// Whoever reads has had enough (`| head`): that is no failure, and there is nobody left to tell.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run as a number without a name.
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

const language = languageFromEnvironment(env)
process.exitCode = await run(process.argv.slice(2), {
  env,
  language,
  texts: createTexts(language),
  clock: systemClock,
  terminal: new Terminal({ stdin, stdout, stderr }, env),
  signal: interruption.signal,
  endOnSignal: () => SIGNALS.forEach((signal) => process.removeAllListeners(signal)),
  userName: userName(),
})
