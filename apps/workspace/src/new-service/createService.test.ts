import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ROOT } from '../laws/readWorkspace.ts'
import { createService } from './createService.ts'
import { parseServiceName } from './ServiceNames.ts'

const run = promisify(execFile)
const names = parseServiceName('vote-count')!
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gradvis-new-service-'))
  await mkdir(join(root, 'packages/feature-flags/src'), { recursive: true })
  for (const file of [
    'package.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'vitest.config.ts',
    'packages/feature-flags/src/flags.ts',
  ])
    await cp(join(ROOT, file), join(root, file))
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  for (const linked of ['kernel', 'localization', 'privacy', 'base-service'])
    await symlink(join(ROOT, 'packages', linked), join(root, 'packages', linked))
})

afterEach(() => rm(root, { recursive: true, force: true }))

describe('npm run new:service', () => {
  it('generates a service that type-checks and passes its own conformance suite', async () => {
    await createService(root, names)
    await run(join(ROOT, 'node_modules/.bin/tsc'), ['-b', join(root, 'packages/vote-count-service')], { cwd: root })
    const results = join(root, 'results.json')
    // A run of its own: what this run has put into the environment would make it a worker of ours.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST|NODE_OPTIONS)/.test(name)),
    )
    const args = ['run', 'packages/vote-count-service', '--root', root, '--reporter=json', `--outputFile=${results}`]
    await run(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: root, env })
    const report = JSON.parse(await readFile(results, 'utf8')) as Record<string, number>
    expect(report).toMatchObject({ numPassedTests: 12, numFailedTests: 0 })
  }, 120_000)

  it('adds a flag row and a reference', async () => {
    await createService(root, names)
    const flags = await readFile(join(root, 'packages/feature-flags/src/flags.ts'), 'utf8')
    expect(flags).toContain("environmentVariable: 'USE_MIGRATED_VOTE_COUNT_SERVICE'")
    expect(await readFile(join(root, 'tsconfig.json'), 'utf8')).toContain('packages/vote-count-service')
  })

  it('touches nothing when the package exists', async () => {
    await createService(root, names)
    const before = await readFile(join(root, 'tsconfig.json'), 'utf8')
    expect(await createService(root, names)).toEqual({
      created: false,
      reason: 'packages/vote-count-service exists already.',
    })
    expect(await readFile(join(root, 'tsconfig.json'), 'utf8')).toBe(before)
  })

  it.each(['network', 'backup'])(
    'touches nothing when the flag table has the service or its variable already: %s',
    async (taken) => {
      const flags = join(root, 'packages/feature-flags/src/flags.ts')
      const before = await readFile(flags, 'utf8')
      expect(await createService(root, parseServiceName(taken)!)).toMatchObject({
        created: false,
        reason: expect.stringContaining(`USE_MIGRATED_${taken.toUpperCase()}_SERVICE`) as string,
      })
      expect(await readFile(flags, 'utf8')).toBe(before)
    },
  )

  it.each(['', 'Calendar', '../evil', 'a b', '-x', 'x-', 'x'.repeat(60)])('refuses the name %j', (text) => {
    expect(parseServiceName(text)).toBeUndefined()
  })

  it('drops a final -service', () => {
    expect(parseServiceName('calendar-service')?.Pascal).toBe('Calendar')
  })
})
