import { systemClock } from '@gradvis/kernel'

import { formatResult } from './formatResult.ts'
import type { SuiteEntry } from './Suite.ts'
import { suiteResultSchema } from './SuiteResult.ts'

export type Output = Readonly<{ out: (line: string) => void; err: (line: string) => void }>

/** Runs one suite in this process and prints it: the table, or with `json` the table beside and the line for machines. */
export async function runSuite(
  name: string,
  { summary, load }: SuiteEntry,
  { json, quick }: Readonly<{ json: boolean; quick: boolean }>,
  { out, err }: Output,
): Promise<void> {
  const suite = await load()
  const collectGarbage = globalThis.gc && collect
  const progress = (text: string) => err(`${name}: ${text}`)
  // Parsed on its way out: whoever reads the line may trust its shape.
  const result = suiteResultSchema.parse(await suite({ clock: systemClock, quick, collectGarbage, progress }))
  const table = `\n${formatResult(result, summary)}\n`
  if (!json) return out(table)
  err(table)
  out(JSON.stringify(result))
}

/**
 * The young generation only. A full collection before each round shrinks the heap, and the page faults of its regrowth
 * then double the time of whatever allocates much: measured with LaunchDarkly, 2.2 times as long as without.
 */
function collect(): void {
  globalThis.gc?.({ type: 'minor' })
}
