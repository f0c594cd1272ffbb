import { parseArgs } from 'node:util'

export type Command =
  | { name: 'list' }
  | { name: 'run'; suites: readonly string[]; json: boolean; quick: boolean }
  | { name: 'refuse'; problem: string }

const OPTIONS = {
  json: { type: 'boolean' },
  quick: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** What the command line asks for. `known` are the names of the suites. */
export function parseArguments(args: readonly string[], known: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help || positionals.length === 0) return { name: 'list' }
    const unknown = positionals.find((name) => name !== 'all' && !known.includes(name))
    if (unknown !== undefined) return { name: 'refuse', problem: `There is no suite called "${unknown}".` }
    const suites = positionals.includes('all') ? known : [...new Set(positionals)]
    return { name: 'run', suites, json: values.json ?? false, quick: values.quick ?? false }
  } catch (error) {
    return { name: 'refuse', problem: (error as Error).message }
  }
}
