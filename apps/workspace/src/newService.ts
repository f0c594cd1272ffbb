import { parseArgs } from 'node:util'

import { ROOT } from './laws/readWorkspace.ts'
import { createService } from './new-service/createService.ts'
import { parseServiceName } from './new-service/ServiceNames.ts'

const USAGE = `Usage: npm run new:service -- --name <kebab-case name> [--root <folder>]

Writes packages/<name>-service (contract, legacy, adapter, migrated, kit, tests, README), adds its flag row and its
TypeScript reference. Refuses to touch a package that exists.`

const options = {
  name: { type: 'string' },
  root: { type: 'string', default: ROOT },
  help: { type: 'boolean', short: 'h' },
} as const

const values = readArguments()
const names = values?.name === undefined ? undefined : parseServiceName(values.name)

if (values === undefined) {
  process.exitCode = 2
} else if (values.help) {
  console.log(USAGE)
} else if (names === undefined) {
  console.error(
    `--name must be a kebab-case name such as "calendar", not ${JSON.stringify(values.name ?? '')}.\n\n${USAGE}`,
  )
  process.exitCode = 2
} else {
  const result = await createService(values.root, names)
  if (result.created) {
    console.log(`${result.files.map((file) => `wrote ${file}`).join('\n')}\n`)
    console.log(
      `Next: npm install && npm run format && npm run docs, then follow packages/${names.kebab}-service/README.md.`,
    )
  } else {
    console.error(`${result.reason} Choose another name, or remove what is there first.`)
    process.exitCode = 1
  }
}

/** Undefined when they make no sense, which has been said then. */
function readArguments() {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`)
    return undefined
  }
}
