import { relative } from 'node:path'

/** Vitest's `--reporter=json`, as far as it is read. */
export type VitestResults = Readonly<{
  testResults: readonly Readonly<{
    name: string
    status: string
    assertionResults: readonly Readonly<{ ancestorTitles: readonly string[]; fullName: string; status: string }>[]
  }>[]
}>

export type TestOutcome = Readonly<{ path: string; suite: string; title: string; status: string }>

/** Every test that ran, skipped or failed. A file that could not be loaded is one that failed. */
export function outcomesOf({ testResults }: VitestResults, root: string): readonly TestOutcome[] {
  return testResults.flatMap(({ name, status, assertionResults }): TestOutcome[] => {
    const path = relative(root, name)
    if (assertionResults.length === 0) return [{ path, suite: '', title: 'filen kunde inte köras', status }]
    return assertionResults.map(({ ancestorTitles, fullName, status }) => ({
      path,
      suite: ancestorTitles.join(' '),
      title: fullName,
      status,
    }))
  })
}

export type Passed = Readonly<{ passed: number; total: number; notPassed: readonly string[] }>

/** How many of the tests passed. A skipped one did not. */
export function passedOf(outcomes: readonly TestOutcome[]): Passed {
  const notPassed = outcomes.filter(({ status }) => status !== 'passed')
  return {
    passed: outcomes.length - notPassed.length,
    total: outcomes.length,
    notPassed: notPassed.map(({ path, title }) => `${path}: ${title}`),
  }
}

/** 0 where there is no test: nothing is shown by nothing. */
export function shareOf({ passed, total }: Passed): number {
  return total === 0 ? 0 : passed / total
}
