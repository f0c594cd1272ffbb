import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ROOT } from '../laws/readWorkspace.ts'

const run = promisify(execFile)
const BLOCK = /```ts\n([\s\S]*?)```/g
let folder: string

beforeAll(async () => {
  // Within node_modules, so that the packages are found as an application would find them.
  folder = await mkdtemp(join(ROOT, 'node_modules/.readme-examples-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('README.md', () => {
  it('has examples that compile under the strictest settings of the project', { timeout: 120_000 }, async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    const examples = [...readme.matchAll(BLOCK)].map(([, code]) => code ?? '')
    expect(examples.length).toBeGreaterThanOrEqual(2)
    await Promise.all(examples.map((code, index) => writeFile(join(folder, `example${index}.ts`), code)))
    const options = { noEmit: true, composite: false, noUnusedLocals: false }
    const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions: options, include: ['*.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
      (error: { stdout: string }) => error,
    )
    expect(compiled.stdout, 'an example in README.md does not compile').toBe('')
  })
})
