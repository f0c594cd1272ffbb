import { relative } from 'node:path'

/** Vitest's `--reporter=json`, as far as it is read. */
export type VitestResults = Readonly<{
  testResults: readonly Readonly<{
    name: string
    status: string
    assertionResults: readonly Readonly<{ ancestorTitles: readonly string[]; fullName: string; status: string }>[]
  }>[]
}>

export type TestOutcome = Readonly<{
  path: string
  /** The title of the outermost `describe`. */
  suite: string
  title: string
  status: string
}>

/** Every test that ran, skipped or failed. A file that could not be loaded is one that failed. */
export function outcomesOf({ testResults }: VitestResults, root: string): readonly TestOutcome[] {
  return testResults.flatMap(({ name, status, assertionResults }): TestOutcome[] => {
    const path = relative(root, name)
    if (assertionResults.length === 0) return [{ path, suite: '', title: 'filen kunde inte köras', status }]
    return assertionResults.map(({ ancestorTitles, fullName, status }) => ({
      path,
      suite: ancestorTitles[0] ?? '',
      title: fullName,
      status,
    }))
  })
}

export type Passed = Readonly<{ passed: number; failed: readonly string[]; skipped: readonly string[] }>

/** What became of the tests. One that this machine cannot run (as root, without a database) was skipped. */
export function passedOf(outcomes: readonly TestOutcome[]): Passed {
  const named = (of: readonly TestOutcome[]) => of.map(({ path, title }) => `${path}: ${title}`)
  const passed = outcomes.filter(({ status }) => status === 'passed')
  const skipped = outcomes.filter(({ status }) => SKIPPED.has(status))
  const failed = outcomes.filter((outcome) => !passed.includes(outcome) && !skipped.includes(outcome))
  return { passed: passed.length, failed: named(failed), skipped: named(skipped) }
}

/** Of those that ran; 0 where none did: nothing is shown by nothing. */
export function shareOf({ passed, failed }: Passed): number {
  return passed === 0 ? 0 : passed / (passed + failed.length)
}

const SKIPPED: ReadonlySet<string> = new Set(['skipped', 'pending', 'todo', 'disabled'])
