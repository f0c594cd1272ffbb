import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { errorCatalogs } from '../catalogs.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const TESTS = globSync(['packages/*/src/**/everyCode.test.ts', 'apps/*/src/**/everyCode.test.ts'], { cwd: ROOT })
const text = TESTS.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n')

describe('every error catalog of the product', () => {
  it.each(errorCatalogs.flatMap((catalog) => Object.keys(catalog)))('provokes %s in some everyCode.test.ts', (code) => {
    const told = text.includes(`'${code}'`)
    expect(told, `Nothing provokes ${code}. Add a case to the everyCode.test.ts of the package that throws it.`).toBe(
      true,
    )
  })
})
