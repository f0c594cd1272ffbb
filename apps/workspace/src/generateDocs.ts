import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { pages } from './docs/pages.ts'
import { ROOT } from './laws/readWorkspace.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

for (const { path, text } of pages()) {
  const current = await readFile(join(ROOT, path), 'utf8').catch(() => '')
  if (current === text) continue
  if (values.check) {
    console.error(`${path} is not up to date. Run "npm run docs" and commit the result.`)
    process.exitCode = 1
  } else {
    await writeFile(join(ROOT, path), text)
    console.log(`wrote ${path}`)
  }
}
