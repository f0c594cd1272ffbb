import type { LocalizedText } from '@gradvis/kernel'
import type { z } from 'zod'

import { parseInput } from './arguments/parseInput.ts'
import type { ExitCode } from './exitCodes.ts'
import type { Session } from './Session.ts'

export type VerbArgument = Readonly<{ name: string; text: LocalizedText; optional?: boolean }>
export type VerbOption = Readonly<{
  /** As the library writes them: `--limit <n>`. */
  flags: string
  text: LocalizedText
}>

/** How a command is called and described. */
export type VerbShape = Readonly<{
  /** One word, or two for a command of a group: see `VERB_GROUPS`. */
  name: string
  summary: LocalizedText
  arguments?: readonly VerbArgument[]
  options: readonly VerbOption[]
  /** Command lines without `gradvis`, each with what it is for. */
  examples: readonly (readonly [line: string, text: LocalizedText])[]
}>

export type RawInput = Readonly<Record<string, unknown>>

/** One command of the program. `run` parses what was typed before it does anything. */
export type Verb = VerbShape & Readonly<{ run: (raw: RawInput, session: Session) => Promise<ExitCode> }>

/** Arguments and options by name go through `input`; throws `cli.invalid_input` for what it refuses. */
export function defineVerb<Schema extends z.ZodType>(
  verb: VerbShape & Readonly<{ input: Schema; run: (input: z.output<Schema>, session: Session) => Promise<ExitCode> }>,
): Verb {
  return { ...verb, run: async (raw, session) => verb.run(parseInput(verb, verb.input, raw), session) }
}
