import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { foldState, type RolloutEvent } from '@gradvis/rollout'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ServiceReport } from './status/StatusReport.ts'
import { runProcess } from './testing/runProcess.ts'
import { aRollbackVerdict, aWindow, seedStore, type SeededStore } from './testing/seedStore.ts'
import { ENGLISH, service, useGradvis } from './testing/useGradvis.ts'
import { VERBS } from './verbs.ts'

describe('gradvis', { timeout: 60_000 }, () => {
  const { store, gradvis, json } = useGradvis()

  describe('shows', () => {
    it('where the rollout stands', async () => {
      await store().execute({ type: 'promote', service })
      const { stdout, code } = await gradvis(['status'])
      expect(code).toBe(0)
      expect(stdout).toMatch(/BackupService\s+initial\s+10%/)
      expect(stdout).toMatch(/WebRTCPeerService\s+waiting\s+0%/)
      const report = await json('status')
      expect(report).toMatchObject({
        sequence: 2,
        plan: { revision: 1 },
        emergencyStop: false,
        needsAttention: true,
        attention: ['not_observed'],
        services: { BackupService: { status: 'running', phase: 'initial', percentage: 10, gates: { met: 0 } } },
      })
    })

    it('what was measured: operations, error rate against its threshold, time against legacy', async () => {
      await store().execute({ type: 'promote', service })
      const end = Date.now() + 20_000
      await store().store.writeWindows([
        aWindow(end, { implementation: 'migrated', operations: 400, faults: 2, codes: { 'backup.io': 2 }, meanMs: 30 }),
        aWindow(end, { implementation: 'legacy', operations: 3600, meanMs: 20 }),
      ])
      const { services } = (await json('status')) as { services: Record<string, ServiceReport> }
      expect(services[service]).toMatchObject({ samples: 400, errorRate: { value: 0.005, limit: 0.01 } })
      expect(services[service]?.latencyRatio.value).toBeCloseTo(1.5, 1)
    })

    it('an emergency stop and a latched incident so that nobody misses them', async () => {
      await store().execute(
        { type: 'promote', service },
        { type: 'force-legacy', on: true },
        { type: 'report-incident', service, kind: 'gdpr', severity: 'high' },
      )
      const { stdout } = await gradvis(['status'], {})
      expect(stdout).toContain('NÖDSTOPPET ÄR PÅ')
      expect(stdout).toContain('gradvis force-legacy off')
      expect(stdout).toMatch(/BackupService: GDPR-överträdelse \(high\)/)
    })

    it('the adopted plan, and of every criterion whether it is measured, a probe or a sign-off', async () => {
      const { stdout } = await gradvis(['plan'])
      expect(stdout).toMatch(/error-rate\s+measured\s+error rate below 0.5%/)
      expect(stdout).toMatch(/self-test\s+probe\s+the service’s probe self-test/)
      expect(stdout).toMatch(/audit\s+sign-off\s+gradvis sign-off WebRTCPeerService audit/)
      expect(stdout).toMatch(/error-rate-sustained\s+rollback\s+over the phase’s threshold for 5 unbroken min/)
      expect(await json('plan')).toMatchObject({
        source: 'store',
        services: {
          BackupService: {
            phases: [
              {
                name: 'initial',
                percentage: 10,
                gate: [{ source: 'measured' }, { source: 'probe' }, { source: 'sign-off' }],
              },
              {},
              {},
            ],
          },
        },
      })
    })

    it('why a subject gets its side, with the environment and the stored state', async () => {
      const stopped = await json('why', 'backup', 'user-7')
      expect(stopped).toMatchObject({ service, decision: { implementation: 'legacy', reason: 'NOT_STARTED' } })
      await store().execute({ type: 'set', service, percentageBps: 10_000 })
      expect(await json('why', 'backup', 'user-7')).toMatchObject({
        decision: { implementation: 'migrated', reason: 'SPLIT' },
      })
      const { stdout } = await gradvis(['why', 'backup', 'user-7'], { USE_MIGRATED_BACKUP_SERVICE: 'false' })
      expect(stdout).toMatch(/^BackupService → legacy \(ENVIRONMENT\)/)
      expect(stdout).toMatch(/4\s+avgör\s+USE_MIGRATED_BACKUP_SERVICE=false/)
    })

    it('the log, of one service and of the latest events', async () => {
      await store().execute({ type: 'promote', service }, { type: 'promote', service: 'WebRTCPeerService' })
      const { stdout } = await gradvis(['log', '--service', 'web', '--limit', '1'])
      expect(stdout).toMatch(/^#3 .* tester {2}WebRTCPeerService enters phase initial at 10%\.\n$/)
      const lines = (await gradvis(['log', '--json'])).stdout.trim().split('\n')
      expect(lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual([1, 2, 3])
    })

    it('what differed between the sides, the verdict at the last rollback, and what to do next', async () => {
      const event: RolloutEvent = { type: 'phase_entered', service, phase: 'initial', percentageBps: 1000 }
      await store().store.append([{ at: Date.now() - 60_000, actor: 'tester', event }], 1)
      const at = Date.now() - 10_000
      await store().store.writeWindows([
        aWindow(at, {
          implementation: 'migrated',
          operations: 400,
          faults: 20,
          codes: { 'backup.locked': 20 },
          meanMs: 30,
        }),
        aWindow(at, { implementation: 'legacy', operations: 3600, meanMs: 20 }),
      ])
      await store().rollBack(aRollbackVerdict(Date.now()))
      const { stdout } = await gradvis(['report', 'backup'], {})
      expect(stdout).toMatch(/createBackup\s+legacy\s+3\s600\s+0\s%/)
      expect(stdout).toMatch(/migrated\s+400\s+5\s%.*1,5× \(p95 1,\d+×\)/)
      expect(stdout).toMatch(/backup\.locked\s+0\s+20/)
      expect(stdout).toMatch(/error-rate-early\s+utlöst\s+5\s% \/ 1\s%\s+400 operationer, belägg 9,1 av 7/)
      expect(stdout).toContain(
        'strax före rollback: vanligaste felet bland dem som inträffar oftare på migrated än på legacy är backup.locked',
      )
      expect(stdout).toContain('Planera korrigeringsåtgärder')
      expect(await json('report', 'backup')).toMatchObject({
        status: 'rolled-back',
        comparison: { operations: [{ operation: 'createBackup', migrated: { errorRate: 0.05 } }] },
        beforeRollback: { comparison: { faults: [{ code: 'backup.locked', legacy: 0, migrated: 20 }] } },
        lastRollback: { event: { cause: { kind: 'guardrail', guardrail: 'error-rate-early' } } },
      })
    })

    it('the calendar ahead of time: on the plan’s dates when healthy, taken back when not', async () => {
      const healthy = (await json('simulate', '--seed', '7')) as { log: readonly unknown[] }
      const at = (day: string) => Date.parse(`2025-01-${day}T08:00:00Z`)
      const entries = [
        { phase: 'initial', enteredMs: at('10') },
        { phase: 'extended' },
        { phase: 'full', left: 'completed' },
      ]
      expect(healthy).toMatchObject({ seed: 7, settled: true, calendar: { BackupService: entries } })
      const file = join(store().folder, 'simulated.jsonl')
      writeFileSync(file, healthy.log.map((event) => JSON.stringify(event)).join('\n'))
      expect(await json('replay', file)).toMatchObject({ problems: [] })
      const { stdout } = await gradvis(['simulate', '--fault', 'backup:errors=0.05@50%'], {})
      expect(stdout).toMatch(/BackupService\s+initial .* gick vidare/)
      expect(stdout).toMatch(
        /\n\s+extended\s+50\s%.* tillbakarullad\s+BackupService är tillbakarullad av skyddsräcket error-rate/,
      )
    })

    it('an exported log that holds together, and where another one does not', async () => {
      await store().execute({ type: 'promote', service }, { type: 'rollback', service })
      const exported = (await gradvis(['export'])).stdout
      const file = join(store().folder, 'log.jsonl')
      writeFileSync(file, exported)
      expect(await json('replay', file)).toMatchObject({
        events: 3,
        problems: [],
        status: { services: { BackupService: { status: 'rolled-back' } } },
      })
      expect(await json('replay')).toMatchObject({ events: 3, problems: [] })
      writeFileSync(file, exported.split('\n').toSpliced(1, 1).join('\n'))
      const { stdout, code } = await gradvis(['replay', file])
      expect(code).toBe(1)
      expect(stdout).toContain('Events 2 to 2 are missing before event 3.')
      writeFileSync(file, `${exported}{}\n`)
      expect(await gradvis(['replay', file])).toMatchObject({ code: 1, stdout: '' })
      expect(await json('replay', '--judge')).toMatchObject({ events: 3 })
    })
  })
})

describe('a store without a plan', { timeout: 60_000 }, () => {
  let empty: SeededStore
  beforeAll(async () => {
    empty = await seedStore({ plan: null })
  })
  afterAll(() => empty.remove())

  it('says so, and refuses what needs one', async () => {
    const env = { ...ENGLISH, GRADVIS_STORE: empty.location }
    const status = await runProcess(['status'], env)
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(status.stdout).toContain('No plan has been adopted')
    expect(await runProcess(['promote', 'backup', '--yes'], env)).toMatchObject({ code: 3 })
    expect((await runProcess(['plan'], env)).stdout).toContain('the production plan')
    const why = await runProcess(['why', 'backup', 'x', '--json'], env)
    expect(JSON.parse(why.stdout)).toMatchObject({ decision: { implementation: 'legacy', reason: 'NOT_STARTED' } })
  })

  it('takes an emergency stop all the same', async () => {
    const env = { ...ENGLISH, GRADVIS_STORE: empty.location }
    const { code, stdout } = await runProcess(['force-legacy', 'on', '--reason', 'drill', '--yes'], env)
    expect(code).toBe(0)
    expect(stdout).toContain('EMERGENCY STOP IS ON')
    expect(foldState(await empty.store.readEvents(0)).emergencyStop).toBe(true)
  })
})

describe('the place of options', { timeout: 60_000 }, () => {
  const { gradvis, store } = useGradvis()

  it('may be before the command as well', async () => {
    const { stdout, code } = await gradvis(['--json', '--store', store().location, 'status'], {
      GRADVIS_STORE: 'elsewhere',
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ sequence: 1 })
  })
})

describe('help', { timeout: 60_000 }, () => {
  it.each([
    ['sv', {}, 'Slutkoder:', 'Exempel:'],
    ['en', ENGLISH, 'Exit codes:', 'Examples:'],
  ] as const)('lists every command and exit code (%s)', async (_language, env, codes, examples) => {
    const { stdout, code } = await runProcess(['--help'], env)
    expect(code).toBe(0)
    for (const [first = '', second = ''] of VERBS.map(({ name }) => name.split(' ')))
      expect(stdout).toMatch(new RegExp(`^ {2}${first}\\b.*${second}`, 'm'))
    expect(stdout).toContain(codes)
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 130]) expect(stdout).toMatch(new RegExp(`^ +${exit} {2}\\S`, 'm'))
    const one = await runProcess(['rollback', '--help'], env)
    expect(one.stdout).toContain(examples)
    expect(one.stdout).toContain('gradvis rollback backup --reason "wrong file sizes"')
  })

  it('is what there is without a command', async () => {
    const { stdout, code } = await runProcess([], ENGLISH)
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: gradvis')
  })
})
