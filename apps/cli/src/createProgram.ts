import { Command, Option } from 'commander'

import { COMMON_OPTIONS } from './arguments/inputs.ts'
import { EXIT, EXIT_TEXTS } from './exitCodes.ts'
import type { Texts } from './texts/cliMessages.ts'
import { VERB_GROUPS } from './verbGroups.ts'
import type { RawInput, Verb, VerbShape } from './Verb.ts'

export type Chosen = Readonly<{ verb: Verb; raw: RawInput }>
type Write = (text: string) => void

/** What the program is called with: parses, prints help, and tells which command was chosen. Runs nothing itself. */
export function createProgram(
  verbs: readonly Verb[],
  texts: Texts,
  { help, onChosen }: Readonly<{ help: Write; onChosen: (chosen: Chosen) => void }>,
): Command {
  const program = new Command('gradvis')
    .description(texts.text('help.summary'))
    .usage(texts.text('help.usage_command'))
    .exitOverride()
    .configureOutput({ writeOut: help, writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => titleIn(title, texts), subcommandTerm: termOf })
    .helpOption('-h, --help', texts.text('help.help_option'))
    .helpCommand('help [command]', texts.text('help.help_command'))
    .addHelpText('after', `\n${texts.text('help.services')}\n\n${exitCodeTable(texts)}`)
    .enablePositionalOptions()
  // Before the command, too; its own help shows them.
  for (const { flags } of COMMON_OPTIONS) program.addOption(new Option(flags).hideHelp())
  for (const verb of verbs) addVerb(program, verb, texts, onChosen)
  return program
}

function addVerb(program: Command, verb: Verb, texts: Texts, onChosen: (chosen: Chosen) => void): void {
  const { language } = texts
  const command = commandNamed(program, verb.name, texts).description(verb.summary[language])
  for (const { name, optional, text } of verb.arguments ?? [])
    command.argument(optional ? `[${name}]` : `<${name}>`, text[language])
  for (const { flags, text } of verb.options) command.addOption(new Option(flags, text[language]))
  command
    .usage([...command.registeredArguments.map(shownArgument), texts.text('help.usage_options')].join(' '))
    .helpOption('-h, --help', texts.text('help.help_option'))
    .addHelpText('after', `\n${exampleTable(verb, texts)}\n\n${exitCodeTable(texts)}`)
    .action(() => onChosen({ verb, raw: { ...program.opts(), ...rawInput(verb, command) } }))
}

function commandNamed(program: Command, name: string, texts: Texts): Command {
  const [first = name, second] = name.split(' ')
  return second === undefined ? program.command(first) : groupNamed(program, first, texts).command(second)
}

function groupNamed(program: Command, name: string, texts: Texts): Command {
  const known = program.commands.find((command) => command.name() === name)
  if (known) return known
  return program
    .command(name)
    .description(VERB_GROUPS[name]?.[texts.language] ?? '')
    .usage(texts.text('help.usage_command'))
    .helpOption('-h, --help', texts.text('help.help_option'))
    .helpCommand(false)
}

/** Every command takes options; saying so in each line says nothing. */
function termOf(command: Command): string {
  return [command.name(), ...command.registeredArguments.map(shownArgument)].join(' ')
}

function shownArgument(argument: Readonly<{ required: boolean; name: () => string }>): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`
}

function rawInput({ arguments: named = [] }: VerbShape, command: Command): RawInput {
  const given = named.flatMap(({ name }, index) => {
    const value = command.args[index]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...command.opts<Record<string, unknown>>(), ...Object.fromEntries(given) }
}

const TITLES = {
  'Usage:': 'help.usage',
  'Arguments:': 'help.arguments',
  'Options:': 'help.options',
  'Commands:': 'help.commands',
} as const

function titleIn(title: string, texts: Texts): string {
  return Object.hasOwn(TITLES, title) ? texts.text(TITLES[title as keyof typeof TITLES]) : title
}

function exampleTable({ examples }: VerbShape, texts: Texts): string {
  const lines = examples.map(([line, text]) => `  gradvis ${line}\n      ${text[texts.language]}`)
  return [texts.text('help.examples'), ...lines].join('\n')
}

/** One table for all commands. */
function exitCodeTable(texts: Texts): string {
  const rows = Object.entries(EXIT_TEXTS).map(
    ([name, text]) => `  ${String(EXIT[name as keyof typeof EXIT]).padStart(3)}  ${text[texts.language]}`,
  )
  return [texts.text('help.exit_codes'), ...rows].join('\n')
}
