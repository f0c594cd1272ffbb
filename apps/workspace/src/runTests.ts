import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { ROOT } from './laws/readWorkspace.ts'
import { type CoverageSummary, migratedCoverage } from './tests/migratedCoverage.ts'

const RESULTS = join(ROOT, 'coverage/results.json')
const COVERAGE = join(ROOT, 'coverage/coverage-summary.json')

/**
 * `npm test`: every test, then the coverage of the migrated services, then one line that says how many passed.
 * `npm test -- backup` runs the test files whose path holds a word, without coverage.
 */
const filters = process.argv.slice(2)
const isWhole = filters.length === 0

await mkdir(join(ROOT, 'coverage'), { recursive: true })
const code = await runVitest([...(isWhole ? ['--coverage', '--coverage.clean=false'] : []), ...filters])
if (isWhole) console.log(`\n${migratedCoverage((await readJson(COVERAGE)) as CoverageSummary, ROOT)}\n`)
const { numPassedTests, numFailedTests, numPendingTests } = (await readJson(RESULTS)) as Record<string, number>
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
process.exitCode = code

async function runVitest(args: readonly string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]
  const child = spawn('vitest', ['run', ...reporters, ...args], { cwd: ROOT, stdio: 'inherit' })
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  return exitCode ?? 1
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
