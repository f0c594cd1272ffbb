import { isServiceError, systemClock } from '@gradvis/kernel'
import { languageFromEnvironment } from '@gradvis/localization'
import { createServiceLocalizer } from '@gradvis/service-layer'

import { startAccelerated } from './accelerated/startAccelerated.ts'
import { JsonTimeline } from './accelerated/timeline/JsonTimeline.ts'
import { TextTimeline } from './accelerated/timeline/TextTimeline.ts'
import { type Arguments, parseArguments } from './Arguments.ts'
import { subjectKey } from './database/generateRecords.ts'
import { renderReport } from './demonstration/renderReport.ts'
import { type DemonstrationStep, runDemonstration } from './demonstration/runDemonstration.ts'
import { startFailure } from './startFailure.ts'
import { type Protokoll, startProtokoll } from './startProtokoll.ts'
import { createTexts } from './texts/createTexts.ts'
import { USAGE } from './texts/usage.ts'

const language = languageFromEnvironment(process.env)
const texts = createTexts(language)
const EXIT = { failed: 1, usage: 2, notComplete: 3 } as const
/** What shells expect of a program that a signal has ended. */
const EXIT_OF_SIGNAL = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
const EXIT_OF_BROKEN_PIPE = 141

async function main(args: Arguments): Promise<void> {
  if (args.help) return console.log(USAGE[language])
  const interrupted = onInterrupt()
  // Once means: for this run only, so that two of them never fight over a port.
  const port = args.once ? 0 : args.port
  const { accelerate } = args
  if (accelerate !== undefined) return runCalendar({ ...args, accelerate, port }, interrupted)
  const rollout = args.store === undefined ? undefined : { location: args.store }
  const protokoll = await startProtokoll({ ...args, port, rollout, env: process.env })
  try {
    await protokoll.layer.start()
    await demonstrate(protokoll, args, interrupted)
  } catch (error) {
    await protokoll.stop()
    if (error === interrupted.reason) return
    throw error
  }
  if (args.once) return protokoll.stop()
  serve(protokoll, interrupted)
}

async function runCalendar(args: Arguments & { accelerate: number }, interrupted: AbortSignal): Promise<void> {
  const { stdout } = process
  const write = (text: string) => void stdout.write(text)
  const screen = { write, columns: () => (stdout.isTTY ? stdout.columns : undefined) }
  const monotonicMs = () => systemClock.monotonicMs()
  try {
    const { protokoll, summary, timeline } = await startAccelerated({
      ...args,
      factor: args.accelerate,
      env: process.env,
      language,
      signal: interrupted,
      timeline: (calendarOf) =>
        args.json
          ? new JsonTimeline((line) => write(`${line}\n`))
          : new TextTimeline({ screen, language, calendarOf, monotonicMs }),
    })
    const { store: _removed, ...withoutStore } = summary
    const isKept = !args.once || args.store !== undefined || args.data !== undefined
    timeline.summary(isKept ? summary : withoutStore)
    if (!args.once) return serve(protokoll, interrupted)
    await protokoll.stop()
    if (summary.outcome !== 'complete') process.exitCode ??= EXIT.notComplete
  } catch (error) {
    if (error !== interrupted.reason) throw error
  }
}

/**
 * Aborted by the first Ctrl+C, and when nobody reads any more, so that everything is put away; a second Ctrl+C ends the
 * process at once.
 */
function onInterrupt(): AbortSignal {
  const interrupt = new AbortController()
  const end = (code: number) => {
    process.exitCode = code
    interrupt.abort()
  }
  for (const [signal, code] of Object.entries(EXIT_OF_SIGNAL)) process.once(signal, () => end(code))
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => end(EXIT_OF_BROKEN_PIPE))
  return interrupt.signal
}

async function demonstrate({ layer, database }: Protokoll, args: Arguments, signal: AbortSignal): Promise<void> {
  const subjects = Array.from({ length: args.subjects }, (_none, index) => subjectKey(index))
  const onProgress = (step: DemonstrationStep, count: number) =>
    console.error(`· ${texts.text(`protokoll.${step}`, { count })}`)
  const report = await runDemonstration({ layer, database, subjects, onProgress, signal })
  console.log(args.json ? JSON.stringify(report) : `\n${renderReport(report, texts)}\n`)
}

function serve({ url, tokens, stop }: Protokoll, interrupted: AbortSignal): void {
  console.error(texts.text('protokoll.serving', { url }))
  console.error(`  curl -H 'Authorization: Bearer ${tokens.issue(subjectKey(0))}' ${url}/api/decisions`)
  const end = () => {
    // Serving has no end of its own: being told to stop is how it succeeds.
    process.exitCode = 0
    stop().catch(report)
  }
  if (interrupted.aborted) end()
  else interrupted.addEventListener('abort', end, { once: true })
}

function report(error: unknown): void {
  const failure = startFailure(error) ?? error
  if (!isServiceError(failure)) {
    console.error(failure)
    process.exitCode = EXIT.failed
    return
  }
  const { code } = failure
  const localizer = code.startsWith('start.') ? texts : createServiceLocalizer(language)
  const usage = code === 'start.invalid_arguments' ? `\n\n${USAGE[language]}` : ''
  console.error(`${localizer.describeError(failure)}\n(${code})${usage}`)
  process.exitCode = usage || isOfEnvironment(code) ? EXIT.usage : EXIT.failed
}

/** Of a flag or a key in the environment that cannot be used. */
function isOfEnvironment(code: string): boolean {
  return code.startsWith('flags.') || code.startsWith('audit.invalid_')
}

try {
  await main(parseArguments(process.argv.slice(2)))
} catch (error) {
  report(error)
}
