import { runCommand } from './runCommand.ts'
import { suites } from './suites/suites.ts'

process.exitCode = await runCommand(process.argv.slice(2), suites, {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
})
