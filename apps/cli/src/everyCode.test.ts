import { createServer } from 'node:net'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Params, ServiceError } from '@gradvis/kernel'
import { ManualClock, messageProblems } from '@gradvis/kernel/testing'
import { auditErrors } from '@gradvis/privacy'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { resolveService } from './arguments/resolveService.ts'
import { cliErrors } from './cliErrors.ts'
import { run } from './run.ts'
import { aSession } from './testing/aSession.ts'
import { seedStore, type SeededStore } from './testing/seedStore.ts'

type Parts = Parameters<typeof aSession>[0]
const CATALOG = { ...cliErrors.catalog, ...auditErrors.catalog }
type Case = (seeded: SeededStore) => Promise<unknown>

/** Runs the program with `--json` and throws the error that it printed. */
async function refused(args: readonly string[], seeded: SeededStore, parts: Parts = {}): Promise<never> {
  const env = { GRADVIS_STORE: seeded.location, GRADVIS_ACTOR: 'tester', ...parts.env }
  const { session, stdout } = aSession({ language: 'sv', ...parts, env })
  return thrownBy(await run(args.includes('--json') ? args : [...args, '--json'], session), stdout())
}

function thrownBy(exitCode: number, printed: string): never {
  expect(exitCode).not.toBe(0)
  const { error } = JSON.parse(printed) as { error: { code: string; message: string; params: Params } }
  const definition = CATALOG[error.code as keyof typeof CATALOG]
  const thrown = new ServiceError(error.code, definition, error.params)
  expect(error.message).toBe(thrown.message)
  throw thrown
}

/** A file of the test's own with a text in it. */
function fileWith(seeded: SeededStore, text: string): string {
  const file = join(seeded.folder, 'a-file')
  writeFileSync(file, text)
  return file
}

const CASES: Readonly<Record<string, Case>> = {
  'cli.unknown_verb': (seeded) => refused(['stauts'], seeded),
  'cli.no_verb': (seeded) => refused(['help', 'bogus'], seeded),
  'cli.unknown_option': (seeded) => refused(['status', '--wacth'], seeded),
  'cli.missing_argument': (seeded) => refused(['promote'], seeded),
  'cli.option_without_value': (seeded) => refused(['status', '--json', '--store'], seeded),
  'cli.too_many_arguments': (seeded) => refused(['status', 'now'], seeded),
  'cli.invalid_input': (seeded) => refused(['set', 'backup', '101', '--yes', '--actor', 'engine@x'], seeded),
  'cli.unknown_service': (seeded) => refused(['pause', 'bakcup', '--yes'], seeded),
  'cli.ambiguous_service': async () => resolveService('archive', ['ArchiveService', 'ArchiveSearchService']),
  'cli.confirmation_needed': (seeded) => refused(['promote', 'backup'], seeded),
  'cli.erasure_confirmation_needed': (seeded) => refused(['audit', 'erase', 'user-7'], seeded),
  'audit.missing_pseudonym_keys': (seeded) => refused(['audit', 'erase', 'user-7', '--yes'], seeded),
  'cli.declined': async (seeded) => {
    const { session, stdin, stdout, stderr } = aSession({ isTerminal: true, language: 'sv' })
    const running = run(['promote', 'backup', '--store', seeded.location, '--json'], session)
    await vi.waitFor(() => expect(stderr()).toContain('[j/N]'))
    stdin.write('n\n')
    return thrownBy(await running, stdout())
  },
  'cli.store_missing': (seeded) => refused(['status', '--store', join(seeded.folder, 'saknas.db')], seeded),
  'cli.store_unreachable': async () => {
    // Takes the connection and never says a word.
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const clock = new ManualClock()
    const { session, stdout } = aSession({ language: 'sv', clock })
    const running = run(['status', '--json', '--store', `postgres://a@127.0.0.1:${port}/b`], session)
    await vi.waitFor(() => expect(clock.pendingTimers).toBeGreaterThan(0))
    clock.advance(60_000)
    const code = await running
    silent.close()
    return thrownBy(code, stdout())
  },
  'cli.unreadable_file': (seeded) => refused(['plan', '--file', join(seeded.folder, 'saknas.json')], seeded),
  'cli.invalid_json': (seeded) => refused(['plan', '--file', fileWith(seeded, '{"a": 1,}')], seeded),
  'cli.empty_log_file': (seeded) => refused(['replay', fileWith(seeded, '')], seeded),
  'cli.empty_audit_file': (seeded) => refused(['audit', 'verify', '--file', fileWith(seeded, '')], seeded),
  'cli.empty_log': async () => {
    const empty = await seedStore({ plan: null })
    return refused(['replay'], empty).finally(() => void empty.remove())
  },
}

describe('every code of the command line, provoked', { timeout: 60_000 }, () => {
  let seeded: SeededStore
  beforeEach(async () => {
    seeded = await seedStore()
  })
  afterEach(() => seeded.remove())

  it.each([...Object.keys(cliErrors.catalog), 'audit.missing_pseudonym_keys'])(
    '%s is told well in both languages',
    async (code) => {
      const provoke = CASES[code]
      expect(await messageProblems(code, provoke && (() => provoke(seeded)), CATALOG)).toEqual([])
    },
  )

  it.each([
    [['rollback', 'backup', '--yes']],
    [['incident', 'backup', '--yes', '--reason', 'x']],
    [['incident', 'backup', '--kind', 'fire', '--severity', 'low', '--yes', '--reason', 'x']],
    [['log', '--limit', '0']],
    [['simulate', '--rate', 'fast']],
    [['simulate', '--seed', '-1']],
    [['why', 'backup', '--attribute', 'x']],
    [['plan', '--file', 'x.json', '--store', 'y']],
    [['replay', 'log.jsonl', '--judge']],
  ])('what %j lacks is told well in both languages', async (args) => {
    expect(await messageProblems('cli.invalid_input', () => refused(args, seeded), CATALOG)).toEqual([])
  })

  it.each(['', '{', 'nope', '[1,'])('the file %j is told to be no JSON in both languages', async (text) => {
    const provoke = () => refused(['plan', '--file', fileWith(seeded, text)], seeded)
    expect(await messageProblems('cli.invalid_json', provoke, CATALOG)).toEqual([])
  })
})
