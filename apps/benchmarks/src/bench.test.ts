import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { aim } from './harness/aim.ts'
import { runProcess } from './harness/processCase.ts'
import { suites } from './suites/suites.ts'
import { suiteResultSchema } from './SuiteResult.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

// Generous: a shared machine may run everything else at the same time.
describe('npm run bench', { timeout: 120_000 }, () => {
  it.each(Object.keys(suites))('-- %s --quick --json ends with the JSON line of the convention', async (suite) => {
    const { exitCode, stdout, stderr } = await bench(suite, '--quick', '--json')
    expect(exitCode).toBe(0)
    const line = stdout.trimEnd().split('\n').at(-1) as string
    const result = suiteResultSchema.parse(JSON.parse(line))
    expect(result.suite).toBe(suite)
    for (const { name, value, op, limit, met } of result.aims) expect(met).toBe(aim(name, value, op, limit).met)
    for (const { name } of result.detail.measurements) expect(stderr).toContain(name)
    for (const { met } of result.aims) expect(stderr).toContain(met ? 'reached' : 'NOT REACHED')
  })

  it('-- all runs every suite in a process of its own', async () => {
    const { exitCode, stdout } = await bench('all', '--quick', '--json')
    expect(exitCode).toBe(0)
    const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
    expect(lines.map((line) => suiteResultSchema.parse(JSON.parse(line)).suite)).toEqual(Object.keys(suites))
  })

  it('-- unknown exits with 2 and the list', async () => {
    const { exitCode, stderr } = await bench('unknown')
    expect(exitCode).toBe(2)
    for (const name of Object.keys(suites)) expect(stderr).toContain(name)
  })
})

function bench(...args: string[]) {
  return runProcess('npm', ['--prefix', ROOT, 'run', 'bench', '--', ...args])
}
