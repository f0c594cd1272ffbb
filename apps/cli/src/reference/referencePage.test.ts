import { describe, expect, it } from 'vitest'

import { cliErrors } from '../cliErrors.ts'
import { EXIT } from '../exitCodes.ts'
import { VERBS } from '../verbs.ts'
import { referencePage } from './referencePage.ts'

describe('the reference page', () => {
  const page = referencePage(VERBS)

  it.each(VERBS.map((verb) => [verb.name, verb] as const))('has %s, with its options and examples', (name, verb) => {
    expect(page).toContain(`\n## ${name}\n`)
    for (const { flags } of verb.options) expect(page).toContain(`| \`${flags}\` |`)
    for (const [line] of verb.examples) expect(page).toContain(`\ngradvis ${line}\n`)
  })

  it('has every exit code, and every error in both languages with the code that it ends with', () => {
    for (const code of Object.values(EXIT)) expect(page).toContain(`\n| ${code} | `)
    for (const [code, { sv, en }] of Object.entries(cliErrors.catalog)) {
      expect(page).toContain(`### \`${code}\`\n\nExit code `)
      expect(page).toContain(`- sv: ${sv}\n- en: ${en}\n`)
    }
    expect(page).toMatch(/`cli\.store_missing`\n\nExit code 4\./)
    expect(page).toMatch(/`cli\.declined`\n\nExit code 1\./)
  })
})
