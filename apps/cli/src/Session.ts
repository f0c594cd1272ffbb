import type { Clock, Language } from '@gradvis/kernel'

import type { Terminal } from './terminal/Terminal.ts'
import type { Texts } from './texts/cliMessages.ts'

/** What a run of the program has at hand. */
export type Session = Readonly<{
  env: Readonly<Record<string, string | undefined>>
  language: Language
  texts: Texts
  clock: Clock
  terminal: Terminal
  /** Aborted by Ctrl+C. */
  signal: AbortSignal
  /** From now on Ctrl+C ends the process at once: before long computations, which cannot hear it. */
  endOnSignal: () => void
  /** The name that the operating system knows the operator by. */
  userName: string
}>
