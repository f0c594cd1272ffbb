import { isServiceError } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'
import { createServiceLocalizer } from '@gradvis/service-layer'

import { type Arguments, parseArguments, USAGE, UsageError } from './Arguments.ts'
import { subjectKey } from './database/generateRecords.ts'
import { renderReport } from './demonstration/renderReport.ts'
import { runDemonstration } from './demonstration/runDemonstration.ts'
import { type Protokoll, startProtokoll } from './startProtokoll.ts'

const EXIT = { failed: 1, usage: 2 } as const

async function main(args: Arguments): Promise<void> {
  if (args.help) return console.log(USAGE)
  // Once means: for this run only, so that two of them never fight over a port.
  const protokoll = await startProtokoll({ ...args, port: args.once ? 0 : args.port, env: process.env })
  try {
    await demonstrate(protokoll, args)
  } catch (error) {
    await protokoll.stop()
    throw error
  }
  if (args.once) return protokoll.stop()
  serve(protokoll)
}

async function demonstrate({ layer, database }: Protokoll, args: Arguments): Promise<void> {
  const subjects = Array.from({ length: args.subjects }, (_none, index) => subjectKey(index))
  const onProgress = (text: string) => console.error(`· ${text}`)
  const report = await runDemonstration({ layer, database, subjects, onProgress })
  console.log(args.json ? JSON.stringify(report) : `\n${renderReport(report)}\n`)
}

function serve({ url, tokens, stop }: Protokoll): void {
  console.error(`Serving on ${url}. Stop with Ctrl+C. Try:`)
  console.error(`  curl -H 'Authorization: Bearer ${tokens.issue(subjectKey(0))}' ${url}/api/decisions`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

function report(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`)
    process.exitCode = EXIT.usage
  } else if (isServiceError(error)) {
    const text = createServiceLocalizer(languageFromEnvironment(process.env)).describeError(error)
    console.error(`${text}\n(${error.code})`)
    process.exitCode = error.code.startsWith('flags.') ? EXIT.usage : EXIT.failed
  } else {
    console.error(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? portTaken(error) : error)
    process.exitCode = EXIT.failed
  }
}

function portTaken(error: Error): string {
  return `${error.message}. Choose another port with --port, or --port 0 for any free one.`
}

try {
  await main(parseArguments(process.argv.slice(2)))
} catch (error) {
  report(error)
}
