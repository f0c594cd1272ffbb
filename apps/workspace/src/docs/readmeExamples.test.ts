import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
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

describe('the READMEs', () => {
  it('have examples that compile under the strictest settings of the project', { timeout: 120_000 }, async () => {
    const readmes = globSync(['README.md', 'packages/*/README.md'], { cwd: ROOT })
    const written = await Promise.all(readmes.map((readme) => writeExamples(readme)))
    expect(written.flat().length).toBeGreaterThanOrEqual(10)
    const options = { noEmit: true, composite: false, noUnusedLocals: false, noUnusedParameters: false }
    const config = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions: options, include: ['*.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    const compiled = await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).catch(
      (error: { stdout: string }) => error,
    )
    expect(compiled.stdout, 'an example in a README does not compile').toBe('')
  })

  it('of the project has examples that run as written', { timeout: 60_000 }, async () => {
    const examples = await writeExamples('README.md')
    expect(examples.length).toBeGreaterThanOrEqual(2)
    for (const example of examples) {
      await expect(
        run(process.execPath, ['--conditions=@gradvis/source', example], { cwd: folder }),
      ).resolves.toBeDefined()
    }
  })
})

/** Each example as a file of its own; their names. */
async function writeExamples(readme: string): Promise<readonly string[]> {
  const examples = [...(await readFile(join(ROOT, readme), 'utf8')).matchAll(BLOCK)].map(([, code]) => code ?? '')
  const nameOf = (index: number) => `${readme.replaceAll(/[^\w]/g, '-')}-${index}.ts`
  await Promise.all(examples.map((code, index) => writeFile(join(folder, nameOf(index)), code)))
  return examples.map((_code, index) => nameOf(index))
}
