import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { ROOT } from '../laws/readWorkspace.ts'
import { pages } from './pages.ts'

describe('generated pages', () => {
  it.each(pages().map((page) => [page.path, page.text] as const))('%s is up to date', async (path, text) => {
    const current = await readFile(join(ROOT, path), 'utf8')
    expect(current === text, `${path} has drifted from the tables. Run "npm run docs" and commit the result.`).toBe(
      true,
    )
  })
})
