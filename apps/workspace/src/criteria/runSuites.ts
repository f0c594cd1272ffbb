import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { CoverageSummary } from '../tests/migratedCoverage.ts'
import { MIGRATED_SERVICES } from './MigratedService.ts'
import { outcomesOf, type TestOutcome, type VitestResults } from './TestReport.ts'

export type SuiteRun = Readonly<{ outcomes: readonly TestOutcome[]; coverage: CoverageSummary }>

/** Words of the paths of the test files: everything of the services, and what checks privacy and Swedish in all packages. */
const FILTERS = [
  ...MIGRATED_SERVICES.map(({ folder }) => `${folder}/`),
  'packages/privacy/',
  'packages/service-layer/src/privacy/',
  'packages/service-layer/src/swedish/',
  'everyCode.test.ts',
]

/** Runs the tests that the criteria speak of, with the coverage of the migrated sides. Takes minutes. */
export async function runSuites(root: string): Promise<SuiteRun> {
  const folder = join(root, 'coverage/criteria')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const results = join(folder, 'results.json')
  await vitest(root, [
    ...FILTERS,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${results}`,
    '--coverage',
    '--coverage.include=packages/*-service/src/migrated/**/*.ts',
    '--coverage.reporter=json-summary',
    `--coverage.reportsDirectory=${folder}`,
    '--coverage.clean=false',
  ])
  return {
    outcomes: outcomesOf((await readJson(results)) as VitestResults, root),
    coverage: (await readJson(join(folder, 'coverage-summary.json'))) as CoverageSummary,
  }
}

/** Whether tests fail or thresholds are missed is read from the reports. Standard output stays free for the result. */
async function vitest(root: string, args: readonly string[]): Promise<void> {
  const child = spawn('vitest', ['run', ...args], { cwd: root, stdio: ['ignore', process.stderr, process.stderr] })
  await once(child, 'exit')
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
