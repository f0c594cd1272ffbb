import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ROOT } from '../laws/readWorkspace.ts'

const run = promisify(execFile)
const BLOCK = /```ts\n([\s\S]*?)```/g
let folder: string

beforeAll(async () => {
  // Below an app, so that the packages are found as an application finds them.
  folder = await mkdtemp(join(ROOT, 'apps/workspace/.readme-examples-'))
  await mkdir(join(folder, 'documents'))
  await writeFile(join(folder, 'documents/a.txt'), 'hej')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function runExample(index: number) {
  return run(process.execPath, ['--conditions=@gradvis/source', `example${index}.ts`], { cwd: folder })
}

describe('README.md', () => {
  it(
    'has examples that run as written and compile under the strictest settings of the project',
    { timeout: 120_000 },
    async () => {
      const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
      const examples = [...readme.matchAll(BLOCK)].map(([, code]) => code ?? '')
      expect(examples.length).toBeGreaterThanOrEqual(2)
      await Promise.all(examples.map((code, index) => writeFile(join(folder, `example${index}.ts`), code)))
      const options = { noEmit: true, composite: false, noUnusedLocals: false }
      const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions: options, include: ['*.ts'] }
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
      await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
      for (const [index] of examples.entries()) await expect(runExample(index)).resolves.toBeDefined()
      const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
        (error: { stdout: string }) => error,
      )
      expect(compiled.stdout, 'an example in README.md does not compile').toBe('')
    },
  )
})
