import { spawnSync } from 'node:child_process'

import { parseArguments } from './parseArguments.ts'
import { type Output, runSuite } from './runSuite.ts'
import type { SuiteEntry } from './Suite.ts'
import { usage } from './usage.ts'

/** Exit codes: 0 measured (aims reached or not), 1 a suite broke, 2 the command line asks for something unknown. */
export async function runCommand(
  args: readonly string[],
  suites: Readonly<Record<string, SuiteEntry>>,
  output: Output,
): Promise<number> {
  const command = parseArguments(args, Object.keys(suites))
  if (command.name === 'list') {
    output.out(usage(suites))
    return 0
  }
  if (command.name === 'refuse') {
    output.err(`${command.problem}\n\n${usage(suites)}`)
    return 2
  }
  const [only, ...others] = command.suites
  if (only === undefined || others.length > 0) return runEachAlone(command.suites, command)
  await runSuite(only, suites[only] as SuiteEntry, command, output)
  return 0
}

/** Each suite gets a fresh process: what one taught the optimiser must not reach the next. */
function runEachAlone(names: readonly string[], { json, quick }: Readonly<{ json: boolean; quick: boolean }>): number {
  const options = [...(json ? ['--json'] : []), ...(quick ? ['--quick'] : [])]
  const main = [...process.execArgv, process.argv[1] as string]
  const failed = names.filter(
    (name) => spawnSync(process.execPath, [...main, name, ...options], { stdio: 'inherit' }).status !== 0,
  )
  return failed.length > 0 ? 1 : 0
}
