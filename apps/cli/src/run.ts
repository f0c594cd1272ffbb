import { CommanderError } from 'commander'

import { createProgram, type Chosen } from './createProgram.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { exitCodeOf } from './exitCodeOf.ts'
import { reportFailure } from './reportFailure.ts'
import type { Session } from './Session.ts'
import { usageProblem } from './usageProblem.ts'
import { VERBS } from './verbs.ts'

/** One run of the program: parses, does what was asked, says what failed. Never rejects. */
export async function run(args: readonly string[], session: Session): Promise<ExitCode> {
  const wantsJson = args.includes('--json')
  try {
    const chosen = parse(args, session)
    return chosen === undefined ? EXIT.done : await chosen.verb.run(chosen.raw, session)
  } catch (error) {
    if (session.signal.aborted || isInterrupt(error)) return EXIT.interrupted
    await reportFailure(error, session, wantsJson)
    return exitCodeOf(error)
  }
}

/** What was chosen; undefined where help was asked for and given. Throws what is wrong with the arguments. */
function parse(args: readonly string[], { texts, terminal }: Session): Chosen | undefined {
  let chosen: Chosen | undefined
  const help = (text: string) => terminal.print(text.replace(/\n$/, '').split('\n'))
  const program = createProgram(VERBS, texts, { help, onChosen: (one) => (chosen = one) })
  try {
    // Without a command there is nothing to do but to say what there is.
    program.parse(args.length === 0 ? ['--help'] : [...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    const problem = usageProblem(error, ['gradvis', ...chosenWords(args), '--help'].join(' '))
    if (problem) throw problem
  }
  return chosen
}

/** The name of the command that the arguments begin with, or of the group; empty where they begin with neither. */
function chosenWords([first = '', second = '']: readonly string[]): readonly string[] {
  if (VERBS.some(({ name }) => name === `${first} ${second}`)) return [first, second]
  return VERBS.some(({ name }) => name.split(' ')[0] === first) ? [first] : []
}

/** Ctrl+C at a question. */
function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
