import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

import { productionFeatureFlags } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { startProcess } from './testing/runProcess.ts'
import { aWindow, seedStore } from './testing/seedStore.ts'
import { ENGLISH, service, useGradvis } from './testing/useGradvis.ts'

describe('gradvis', { timeout: 60_000 }, () => {
  const { store, gradvis } = useGradvis()

  describe('ends with', () => {
    it('3 where the state refuses it, and says what comes first', async () => {
      await store().execute({ type: 'promote', service }, { type: 'rollback', service })
      const { code, stderr } = await gradvis(['resume', 'backup', '--yes'])
      expect(code).toBe(3)
      expect(stderr).toContain('rollout.cooling_down')
      expect((await gradvis(['promote', 'backup', '--yes'], {})).stderr).toContain('Återuppta den först')
    })

    it.each([
      [['bogus'], 'There is no command "bogus"'],
      [['help', 'bogus'], 'There is no command to do or to show the help of'],
      [['--store', 'x'], 'There is no command to do or to show the help of'],
      [['stauts'], 'Did you mean status?'],
      [['status', '--wacth'], 'Did you mean --watch?'],
      [['promote'], 'argument <service> is missing'],
      [['status', '--store'], '"--store" needs a value'],
      [['status', 'now'], 'Too many arguments'],
      [['set', 'backup', '101', '--yes'], '<percent>: must be a percentage'],
      [['rollback', 'backup', '--yes'], '--reason: is required here'],
      [['rollback', 'backup', '--yes', '--reason', ' '], '--reason: is required here'],
      [['incident', 'backup', '--yes', '--reason', 'x'], 'needs either --kind and --severity, or --release'],
      [['incident', 'backup', '--kind', 'fire', '--severity', 'low', '--yes', '--reason', 'x'], '--kind: '],
      [['pause', 'backup', '--yes', '--actor', 'engine@x'], 'only the engine itself'],
      [['log', '--limit', '0'], '--limit: must be a whole number'],
      [['pause', 'bakcup', '--yes'], 'Did you mean BackupService?'],
      [['sign-off', 'backup', 'bogus', '--yes', '--reason', 'x'], 'rollout.unknown_criterion'],
      [['plan', '--file', 'x.json', '--store', 'y'], 'does not go together with --file'],
      [['simulate', '--fault', 'backup:fire'], 'rollout.invalid_scenario'],
      [['simulate', '--rate', 'fast'], '--rate: must be a number'],
      [['replay', 'log.jsonl', '--judge'], 'only goes without <file>'],
      [['status', '--store', 'mysql://db/x'], 'rollout_store.invalid_location'],
    ])('2 for %j', async (args, said) => {
      const { code, stdout, stderr } = await gradvis(args)
      expect(stderr).toContain(said)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    })

    it.each([
      ['sv', {}, 'Det finns inga händelser i', 'Lagrets logg är tom', 'gradvis export', 'GRADVIS_STORE'],
      ['en', ENGLISH, 'There are no events in', 'The log of the store is empty', 'gradvis export', 'GRADVIS_STORE'],
    ] as const)(
      '2 for the replay of nothing, and what to do (%s)',
      async (_language, env, inFile, inStore, ...next) => {
        const file = join(store().folder, 'empty.jsonl')
        for (const nothing of ['', '\uFEFF\n \n']) {
          writeFileSync(file, nothing)
          const { code, stdout, stderr } = await gradvis(['replay', file], env)
          expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
          expect(stderr).toContain(`${inFile} ${file}`)
          expect(stderr).toContain(next[0])
        }
        const empty = await seedStore({ plan: null })
        try {
          for (const args of [['replay'], ['replay', '--judge']]) {
            const { code, stdout, stderr } = await gradvis([...args, '--store', empty.location], env)
            expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
            expect(stderr).toContain(inStore)
            expect(stderr).toContain(empty.location)
            expect(stderr).toContain(next[1])
          }
        } finally {
          await empty.remove()
        }
      },
    )

    it('2 for an environment that cannot be trusted', async () => {
      const { code, stderr } = await gradvis(['why', 'backup', 'x'], {
        ...ENGLISH,
        USE_MIGRATED_BACKUP_SERVICE: 'maybe',
      })
      expect(code).toBe(2)
      expect(stderr).toContain('USE_MIGRATED_BACKUP_SERVICE')
    })

    it.each([
      ['status'],
      ['log'],
      ['export'],
      ['replay'],
      ['why', 'backup', 'x'],
      ['report', 'backup'],
      ['pause', 'backup', '--yes'],
    ])('4 where %s finds no store, and makes none', async (...args) => {
      const missing = join(store().folder, 'missing.db')
      const { code, stderr } = await gradvis([...args, '--store', missing])
      expect(code).toBe(4)
      expect(stderr).toContain(`There is no store here: ${missing}`)
      expect((await gradvis([...args, '--store', missing])).code).toBe(4)
    })

    it('4 where the store is no database', async () => {
      const file = join(store().folder, 'corrupt.db')
      writeFileSync(file, 'this is no database, and long enough to be seen as none'.repeat(100))
      const { code, stderr } = await gradvis(['status', '--store', file])
      expect(code).toBe(4)
      expect(stderr).toContain('rollout_store.corrupt')
    })

    it('5 from status --check while something is rolled back or stopped', async () => {
      expect((await gradvis(['status', '--check'])).code).toBe(0)
      await store().execute({ type: 'promote', service }, { type: 'pause', service })
      expect((await gradvis(['status', '--check'])).code).toBe(0)
      await store().execute({ type: 'force-legacy', on: true })
      expect((await gradvis(['status', '--check'])).code).toBe(5)
      await store().execute({ type: 'force-legacy', on: false }, { type: 'rollback', service })
      expect((await gradvis(['status', '--check', '--json'])).code).toBe(5)
    })

    it('5 from status --check while a service runs and no instance writes', async () => {
      await store().execute({ type: 'promote', service })
      const { code, stdout } = await gradvis(['status', '--check', '--json'])
      expect(code).toBe(5)
      expect(JSON.parse(stdout)).toMatchObject({ attention: ['not_observed'] })
      await store().store.writeWindows([aWindow(Date.now() - 1000, { implementation: 'legacy' })])
      expect((await gradvis(['status', '--check'])).code).toBe(0)
    })

    it('1 for a plan with a mistake, in the language asked for', async () => {
      const file = join(store().folder, 'plan.json')
      writeFileSync(file, JSON.stringify(productionFeatureFlags))
      expect((await gradvis(['plan', '--file', file], {})).stdout).toContain('planen är giltig')
      writeFileSync(file, JSON.stringify({ ...productionFeatureFlags, hash: { id: 'md5' } }))
      const { code, stderr } = await gradvis(['plan', '--file', file], {})
      expect(code).toBe(1)
      expect(stderr).toContain('Utrullningsplanen är ogiltig')
      writeFileSync(file, '{')
      expect(await gradvis(['plan', '--file', file])).toMatchObject({ code: 1 })
      expect(await gradvis(['plan', '--file', join(store().folder, 'none.json')])).toMatchObject({ code: 1 })
    })

    it('one JSON object also when it fails', async () => {
      const { stdout, code } = await gradvis(['resume', 'backup', '--yes', '--json'])
      expect(code).toBe(3)
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'rollout.nothing_to_do', params: { service } } })
    })

    it('130 after Ctrl+C, with a line per change until then', async () => {
      const child = startProcess(['status', '--watch'], { ...ENGLISH, GRADVIS_STORE: store().location })
      const lines: string[] = []
      child.stdout.setEncoding('utf8')
      const exited = once(child, 'exit')
      for await (const chunk of child.stdout as AsyncIterable<string>) {
        const before = lines.length
        lines.push(...chunk.trim().split('\n'))
        if (before === 0) await store().execute({ type: 'force-legacy', on: true })
        if (lines.some((line) => line.includes('EMERGENCY STOP'))) child.kill('SIGINT')
      }
      expect(await exited).toEqual([130, null])
      expect(lines.filter((line) => line.includes('NetworkConnectivityService · waiting'))).not.toHaveLength(0)
    })

    it('130 after Ctrl+C of log --follow, which showed what came meanwhile', async () => {
      const child = startProcess(['log', '--follow', '--json'], { GRADVIS_STORE: store().location })
      const exited = once(child, 'exit')
      let all = ''
      for await (const chunk of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
        if (all === '') await store().execute({ type: 'promote', service })
        all += chunk
        if (all.includes('phase_entered')) child.kill('SIGINT')
      }
      expect(await exited).toEqual([130, null])
    })

    it('the signal itself while it computes', async () => {
      const child = startProcess(['simulate', '--rate', '1000'], { GRADVIS_STORE: store().location })
      const exited = once(child, 'exit')
      const asking = setInterval(() => child.kill('SIGINT'), 300)
      const [code, signal] = (await exited) as [number | null, string | null]
      clearInterval(asking)
      expect(code === 130 || signal === 'SIGINT', `${code} ${signal}`).toBe(true)
    })

    it('nothing to say when the reader of its output goes away', async () => {
      for (let count = 0; count < 30; count++) await store().execute({ type: 'force-legacy', on: count % 2 === 0 })
      const child = startProcess(['log', '--follow'], { GRADVIS_STORE: store().location })
      const exited = once(child, 'exit')
      const closeAfterFirstData = async (stdout: Readable) => {
        await once(stdout, 'data')
        stdout.destroy()
        await store().execute({ type: 'promote', service })
      }
      const [stderr] = await Promise.all([text(child.stderr), closeAfterFirstData(child.stdout)])
      expect(stderr).toBe('')
      expect(await exited).toEqual([0, null])
    })
  })
})
