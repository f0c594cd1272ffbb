import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { bundleForBrowser } from './bundleForBrowser.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
})
afterAll(() => rm(folder, { recursive: true }))

let entries = 0
async function entry(source: string): Promise<string> {
  const file = join(folder, `entry-${++entries}.ts`)
  await writeFile(file, source)
  return file
}

describe('a bundle', () => {
  it('is a script that sets the exports of the module as a global', async () => {
    await writeFile(join(folder, 'two.ts'), 'export const two: number = 2')
    const script = await bundleForBrowser(await entry(`export { two } from './two.ts'`), 'numbers')
    expect(runInNewContext(`${script}; numbers.two`)).toBe(2)
  })

  it('takes a package of ours from its source, so that nothing has to be built first', async () => {
    const installed = join(folder, 'node_modules/ours')
    await mkdir(installed, { recursive: true })
    const exports = { '.': { '@gradvis/source': './source.ts', default: './never-built.js' } }
    await writeFile(join(installed, 'package.json'), JSON.stringify({ name: 'ours', type: 'module', exports }))
    await writeFile(join(installed, 'source.ts'), `export const from: string = 'source'`)
    const script = await bundleForBrowser(await entry(`export { from } from 'ours'`))
    expect(runInNewContext(`${script}; bundle.from`)).toBe('source')
  })
})

describe('what cannot run in a browser is refused', () => {
  it.each([
    ['a static import of a Node builtin', `import { readFileSync } from 'node:fs'; export const read = readFileSync`],
    ['an import of one without the prefix', `import { readFileSync } from 'fs'; export const read = readFileSync`],
    ['a dynamic import of one', `export const read = () => import('node:fs')`],
    [
      'a dynamic import of one that is allowed to fail',
      `export const read = () => import('node:fs').catch(() => undefined)`,
    ],
    [
      'a guarded require of one',
      `export function read() { try { return require('node:fs') } catch { return undefined } }`,
    ],
  ])('%s', async (_kind, source) => {
    await expect(bundleForBrowser(await entry(source))).rejects.toThrow(/fs/)
  })
})
