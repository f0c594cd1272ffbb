import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { run } from '../run.ts'
import { aSession } from '../testing/aSession.ts'
import { seedStore, type SeededStore } from '../testing/seedStore.ts'
import { service, useGradvis } from '../testing/useGradvis.ts'

describe('gradvis', { timeout: 60_000 }, () => {
  const { store, gradvis, json, eventTypes } = useGradvis()

  describe('changes', () => {
    it.each([
      [['promote', 'backup'], 'phase_entered'],
      [['pause', 'backup'], 'paused'],
      [['set', 'backup', '2,5'], 'percentage_set'],
      [['force-legacy', 'on', '--reason', 'outage'], 'emergency_stop_set'],
      [['incident', 'backup', '--kind', 'security', '--severity', 'low', '--reason', 'odd login'], 'incident_reported'],
    ])('%j, and shows the event and where the service stands now', async (args, type) => {
      const { stdout, stderr, code } = await gradvis([...args, '--yes'])
      expect(code, stderr).toBe(0)
      expect(stdout).toMatch(/^Done by anna:\n#2 /)
      expect(stdout).toMatch(/\nBackupService\s/)
      expect(await eventTypes()).toEqual(['plan_adopted', type])
    })

    it('with the actor and the reason in the log', async () => {
      const answer = await json('rollback', 'backup', '--reason', 'alarm 4711', '--actor', 'bo', '--yes')
      expect(answer).toMatchObject({
        events: [{ sequence: 2, actor: 'bo', reason: 'alarm 4711', event: { type: 'rolled_back', service } }],
        status: { services: { BackupService: { status: 'rolled-back' } } },
      })
      expect((await gradvis(['log', '--limit', '1'])).stdout).toContain('“alarm 4711”')
    })

    it('nothing twice: a pause is resumed, an incident released, a criterion signed off', async () => {
      await store().execute({ type: 'promote', service: 'WebRTCPeerService' })
      for (const args of [
        ['pause', 'web'],
        ['resume', 'web'],
        ['sign-off', 'web', 'audit', '--reason', 'read it'],
        ['incident', 'web', '--kind', 'security', '--severity', 'critical', '--reason', 'leak'],
        ['incident', 'web', '--release', '--reason', 'closed'],
      ]) {
        const { code, stderr } = await gradvis([...args, '--yes'])
        expect(code, stderr).toBe(0)
      }
      expect((await eventTypes()).slice(2)).toEqual([
        'paused',
        'resumed',
        'signed_off',
        'incident_reported',
        'rolled_back',
        'incident_released',
      ])
    })

    it('nothing without --yes where there is no terminal to ask in', async () => {
      const { code, stderr } = await gradvis(['promote', 'backup'])
      expect(code).toBe(2)
      expect(stderr).toContain('--yes')
      expect(await eventTypes()).toEqual(['plan_adopted'])
    })
  })
})

describe('whoever confirms one thing never gets another', () => {
  let seeded: SeededStore
  beforeEach(async () => {
    seeded = await seedStore()
  })
  afterEach(() => seeded.remove())

  const asked = async (...args: readonly string[]) => {
    const terminal = aSession({ isTerminal: true })
    const running = run([...args, '--store', seeded.location], terminal.session)
    await vi.waitFor(() => expect(terminal.stderr()).toContain('[y/N]'))
    const yes = async () => {
      terminal.stdin.write('y\n')
      return running
    }
    return { ...terminal, yes }
  }
  const unasked = async (...args: readonly string[]) => {
    const { session, stdout, stderr } = aSession()
    return { code: await run([...args, '--yes', '--store', seeded.location], session), stdout, stderr }
  }
  const types = async () => (await seeded.store.readEvents(1)).map(({ event }) => event.type)

  it('two promotions that were confirmed at the same time move one phase', async () => {
    const both = [await asked('promote', 'backup'), await asked('promote', 'backup')]
    const codes = await Promise.all(both.map(({ yes }) => yes()))
    expect(codes.toSorted((one, other) => one - other)).toEqual([0, 3])
    expect(both.map(({ stderr }) => stderr()).join('')).toContain('rollout.another_phase')
    expect(await types()).toEqual(['phase_entered'])
  })

  it('a promotion is refused when the phase was entered between preview and yes', async () => {
    const { yes, stderr } = await asked('promote', 'backup')
    await seeded.execute({ type: 'promote', service })
    expect(await yes()).toBe(3)
    expect(stderr()).toContain('rollout.another_phase')
    expect(await types()).toEqual(['phase_entered'])
  })

  it('a promotion to a named phase can be repeated after an answer was lost', async () => {
    const again = ['promote', 'backup', '--to', 'initial']
    expect(await unasked(...again)).toMatchObject({ code: 0 })
    const { code, stderr } = await unasked(...again)
    expect(code).toBe(3)
    expect(stderr()).toContain('rollout.another_phase')
    expect(await types()).toEqual(['phase_entered'])
  })

  it('an incident that was reported between preview and yes stays latched', async () => {
    const report = { type: 'report-incident', service, kind: 'gdpr', severity: 'high' } as const
    await seeded.execute(report)
    const { yes, stdout } = await asked('incident', 'backup', '--release', '--reason', 'case 17 closed')
    await seeded.execute(report)
    expect(await yes()).toBe(0)
    expect(stdout()).toContain('held on legacy')
  })
})
